"""A reader of the app without a browser: a websocket that speaks Streamlit's own protocol, with a session of its own."""

from __future__ import annotations

import asyncio
import http.client
import time
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120.0  # seconds without a word from the server, after which nothing more is awaited
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_XSRF = "_streamlit_xsrf"


class Fault(Exception):
    """The app showed a fault, or did not answer."""


@dataclass
class Seen:
    """What the last run drew: lists to choose from, fields, buttons and uploaders, by what they are called; alerts; and the address."""

    lists: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    uploaders: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)

    def note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        drawn = getattr(element, kind) if kind else None
        if kind == "multiselect":
            self.lists[drawn.label] = drawn.id, list(drawn.options)
        elif kind in ("text_input", "text_area"):
            self.fields[drawn.label] = drawn.id
        elif kind == "button":
            self.buttons[drawn.label] = drawn.id
        elif kind == "file_uploader":
            self.uploaders.append(drawn.id)
        elif kind == "alert":
            self.alerts.append(drawn.body)
        elif kind == "exception":
            raise Fault(f"the app shows an error: {drawn.message}")


class Visitor:
    """One session, from `open` to `close`; each method waits until the page is whole and gives the seconds that this took."""

    def __init__(self, address: str) -> None:
        """`address` is that of the app: http://127.0.0.1:8501/."""
        self._address = address
        self._states: dict[str, WidgetState] = {}
        self._query, self._page = "", ""
        self._line: ClientConnection | None = None
        self._session = ""
        self.pages: dict[str, str] = {}
        self.seen = Seen()

    async def open(self) -> float:
        """Connect, and draw the first page."""
        stream = self._address.replace("http", "ws", 1) + "_stcore/stream"
        origin: Any = self._address.rstrip("/")
        self._line = await connect(stream, subprotocols=["streamlit"], origin=origin, max_size=None)  # type: ignore[list-item]
        return await self._run()

    async def close(self) -> None:
        if self._line is not None:
            await self._line.close()

    async def choose(self, label: str, options: list[str]) -> float:
        """Choose these of a list, in the words of its options."""
        state = WidgetState(id=self.seen.lists[label][0])
        state.string_array_value.data[:] = options
        return await self._with(state)

    async def write(self, label: str, text: str) -> float:
        """Write into a field."""
        return await self._with(WidgetState(id=self.seen.fields[label], string_value=text))

    async def press(self, label: str) -> float:
        """Press a button."""
        return await self._run(WidgetState(id=self.seen.buttons[label], trigger_value=True))

    async def turn_to(self, path: str) -> float:
        """Go to another page, by its path."""
        self._page = self.pages[path]
        return await self._run()

    async def upload(self, name: str, data: bytes) -> float:
        """Put a file into the page's uploader."""
        start = time.perf_counter()
        asked = BackMsg()
        asked.file_urls_request.request_id = str(uuid.uuid4())
        asked.file_urls_request.session_id = self._session
        asked.file_urls_request.file_names.append(name)
        await self._send(asked)
        while (told := await self._next()).WhichOneof("type") != "file_urls_response":
            pass
        (place,) = told.file_urls_response.file_urls
        await asyncio.to_thread(self._put, place.upload_url, name, data)
        state = WidgetState(id=self.seen.uploaders[0])
        info = state.file_uploader_state_value.uploaded_file_info.add(name=name, size=len(data), file_id=place.file_id)
        info.file_urls.CopyFrom(place)
        await self._with(state)
        return time.perf_counter() - start

    def _put(self, path: str, name: str, data: bytes) -> None:
        """As a browser does, with the token that the server gave it against requests from elsewhere."""
        line = http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=PATIENCE)
        try:
            line.request("GET", "/_stcore/health")
            answer = line.getresponse()
            answer.read()
            cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
            edge = uuid.uuid4().hex
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
            headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
            if cookie.startswith(_XSRF):
                headers |= {"Cookie": cookie, "X-Xsrftoken": cookie.partition("=")[2]}
            line.request("PUT", path, head.encode() + data + f"\r\n--{edge}--\r\n".encode(), headers)
            status = line.getresponse().status
        finally:
            line.close()
        if status >= 300:
            raise Fault(f"the upload was refused: {status}")

    async def _with(self, state: WidgetState) -> float:
        self._states[state.id] = state
        return await self._run()

    async def _run(self, trigger: WidgetState | None = None) -> float:
        """Have the page drawn with what is chosen."""
        start = time.perf_counter()
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_script_hash = self._query, self._page
        run.widget_states.widgets.extend([*self._states.values(), *([trigger] if trigger else [])])
        run.context_info.timezone, run.context_info.locale, run.context_info.url = "Asia/Ho_Chi_Minh", "en", self._address
        await self._send(asked)
        self.seen = Seen()
        while not self._is_whole(await self._next()):
            pass
        return time.perf_counter() - start

    def _is_whole(self, told: ForwardMsg) -> bool:
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self._session = told.new_session.initialize.session_id or self._session
            self.seen = Seen()  # a run that began anew draws all again
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in told.navigation.app_pages}
            self._page = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            self.seen.note(told.delta.new_element)
        elif kind == "script_finished":
            if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise Fault("the app could not be run")
            return told.script_finished in _DONE
        return False

    async def _send(self, asked: BackMsg) -> None:
        assert self._line is not None
        await self._line.send(asked.SerializeToString())

    async def _next(self) -> ForwardMsg:
        assert self._line is not None
        try:
            data = await asyncio.wait_for(self._line.recv(), PATIENCE)
        except TimeoutError:
            raise Fault(f"no answer within {PATIENCE:.0f} seconds") from None
        told = ForwardMsg()
        told.ParseFromString(data if isinstance(data, bytes) else data.encode())
        return told
