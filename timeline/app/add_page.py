"""The page where a reader adds texts of their own: pasted, as files, or by links where the host allows that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from timeline.app import session_texts, state, style
from timeline.app.language import _, current, ngettext
from timeline.app.leave import may_fetch
from timeline.app.session_texts import MAX_CHARACTERS, MAX_DOCUMENTS, MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, Given, Own
from timeline.app.view import View, titles
from timeline.documents import SUFFIXES
from timeline.documents.fetch import fetch
from timeline.errors import InputError
from timeline.export import people_csv

MAX_LINKS = 10
FIRST_DAY = date(1900, 1, 1)
_REPORT = "add_report"
_ROUND = "add_round"
_LISTED = 50
_MB = 1_000_000


def render(view: View) -> None:
    """Draw the page."""
    style.title(_("Add texts of your own"))
    st.markdown(
        _(
            "Their events appear on the timeline at once, marked, for you alone. "
            "The texts stay in this session’s memory and are gone with it: nothing is written on the server."
        )
    )
    labels = [_("Paste a text"), _("Upload files"), *([_("Links")] if may_fetch() else [])]
    pages = st.tabs(labels)
    # A new key empties a form once its content has been read.
    turn = st.session_state.get(_ROUND, 0)
    with pages[0]:
        given = _paste(turn)
    with pages[1]:
        given = [*given, *_upload(turn)]
    links: list[str] = []
    if may_fetch():
        with pages[2]:
            links = _links(turn)
    if given or links:
        _take(given, links)
    _report()
    _own(view)


def _paste(turn: int) -> list[Given]:
    with st.form(f"paste-{turn}"):
        example = _("A news text in any of the languages read here")
        text = st.text_area(_("Text"), height=220, max_chars=MAX_CHARACTERS, key=f"paste-text-{turn}", placeholder=example)
        left, right = st.columns(2)
        codes = sorted(session_texts.engine().knowledge.languages, key=current().language_name)
        language = left.selectbox(
            _("Language"),
            codes,
            index=None,
            format_func=current().language_name,
            placeholder=_("Told by the text"),
            key=f"paste-language-{turn}",
        )
        day = right.date_input(
            _("Day of publication, if you know it"),
            value=None,
            min_value=FIRST_DAY,
            max_value=date(2100, 12, 31),
            format="YYYY-MM-DD",
            help=_("It completes dates such as “last Friday” or “12 September”."),
            key=f"paste-day-{turn}",
        )
        sent = st.form_submit_button(_("Read the text"), type="primary", icon=":material/play_arrow:")
    if not sent:
        return []
    if not (text or "").strip():
        st.warning(_("There is no text in the field yet."))
        return []
    number = sum(one.document.doc_id.startswith(f"{session_texts.PREFIX}pasted") for one in session_texts.own()) + 1
    published = day.isoformat() if isinstance(day, date) else ""
    data = (text or "").encode("utf-8", "replace")
    return [Given(f"pasted-{number}.txt", data, language or "", published, is_pasted=True)]


def _upload(turn: int) -> list[Given]:
    with st.form(f"upload-{turn}"):
        files = st.file_uploader(
            _("Text files, web pages, PDF, Word documents (DOCX), or ZIP archives of these"),
            type=[suffix.removeprefix(".") for suffix in SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=MAX_FILE_BYTES // _MB,
            key=f"upload-files-{turn}",
        )
        limits = _("At most {files} files at once, {size} MB each and {total} MB together, {characters} characters a text, {texts} texts.")
        number = current().number
        st.caption(
            limits.format(
                files=MAX_FILES,
                size=MAX_FILE_BYTES // _MB,
                total=MAX_TOTAL_BYTES // _MB,
                characters=number(MAX_CHARACTERS),
                texts=MAX_DOCUMENTS,
            )
        )
        sent = st.form_submit_button(_("Read the files"), type="primary", icon=":material/play_arrow:")
    if not sent:
        return []
    if not files:
        st.warning(_("There is no file in the field yet."))
        return []
    if len(files) > MAX_FILES:
        st.warning(_("These are {n} files; at most {most} are read at once.").format(n=len(files), most=MAX_FILES))
        return []
    if sum(file.size for file in files) > MAX_TOTAL_BYTES:
        st.warning(_("These files have more than {total} MB together; give them in parts.").format(total=MAX_TOTAL_BYTES // _MB))
        return []
    return [Given(plain_name(file.name), file.getvalue()) for file in files]


def _links(turn: int) -> list[str]:
    with st.form(f"links-{turn}"):
        text = st.text_area(_("Addresses of pages or PDFs, one a line"), height=120, key=f"links-text-{turn}", placeholder="https://")
        st.caption(_("At most {n} at once. Only public addresses are fetched.").format(n=MAX_LINKS))
        sent = st.form_submit_button(_("Fetch and read"), type="primary", icon=":material/play_arrow:")
    if not sent:
        return []
    links = list(dict.fromkeys((text or "").split()))
    if not links:
        st.warning(_("There is no address in the field yet."))
    if len(links) > MAX_LINKS:
        st.warning(_("These are {n} addresses; at most {most} are fetched at once.").format(n=len(links), most=MAX_LINKS))
        return []
    return links


def plain_name(name: str) -> str:
    """The last part of a file's name, without characters that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable()).strip(". ")[:120] or "text"


def _take(given: Sequence[Given], links: Sequence[str]) -> None:
    """Read all that was handed in, show how far it is, keep what could be read, and draw the page anew."""
    total = len(given) + len(links)
    bar = st.progress(0.0, text=_("Getting ready …"))
    known, refused = list(session_texts.own()), list[InputError]()
    before = len(known)
    for number, one in enumerate(_all(given, links)):
        name = one.name if isinstance(one, Given) else one.where
        said = _("Reading {name} ({k} of {n}) …").format(name=state.plain(name), k=number + 1, n=total)
        bar.progress(number / total, text=said)
        if isinstance(one, InputError):
            refused.append(one)
            continue
        for item in session_texts.read(one, session_texts.engine(), known):
            if isinstance(item, InputError):
                refused.append(item)
                continue
            known.append(item)
            bar.progress(number / total, text=f"{said} {state.plain(_name(item))}")
    bar.progress(1.0, text=_("Putting the events together …"))
    session_texts.add(known[before:])
    st.session_state[_REPORT] = (len(known) - before, tuple(refused))
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _all(given: Sequence[Given], links: Sequence[str]) -> Iterator[Given | InputError]:
    yield from given
    for link in links:
        try:
            found = fetch(link)
        except InputError as fault:
            yield fault
            continue
        parts = urlsplit(found.url)
        yield Given(plain_name(f"{parts.hostname} {parts.path.strip('/').replace('/', ' ')}"), found.data, address=found.url)


def _report() -> None:
    """What became of what was handed in last."""
    report = st.session_state.get(_REPORT)
    if report is None:
        return
    read, refused = report
    if read:
        st.success(ngettext("{n} text was read.", "{n} texts were read.", read).format(n=read), icon=":material/check_circle:")
    if refused:
        head = ngettext("{n} could not be read:", "{n} could not be read:", len(refused)).format(n=len(refused))
        lines = [f"- {_said(fault)}" for fault in refused[:_LISTED]]
        more = [_("and {n} more").format(n=len(refused) - _LISTED)] if len(refused) > _LISTED else []
        st.error("\n".join([head, "", *lines, *more]), icon=":material/error:")


def _said(fault: InputError) -> str:
    where, why, remedy = (state.plain(part) for part in (fault.where, current().gettext(fault.why), current().gettext(fault.remedy)))
    return f"**{where}**: {why}. {remedy[:1].upper()}{remedy[1:]}." if remedy else f"**{where}**: {why}."


def _name(own: Own) -> str:
    return own.document.doc_id.removeprefix(session_texts.PREFIX)


def _own(view: View) -> None:
    """This reader's texts and their events."""
    texts = session_texts.own()
    if not texts:
        return
    events = view.tables.events[view.tables.events["event_id"].isin(view.new)]
    ours = {one.document.doc_id for one in texts}
    alone = events[events["documents"].map(lambda ids: ours.issuperset(ids)).astype(bool)]
    style.heading(_("Your texts"))
    told = ngettext("{n} event is told in your texts", "{n} events are told in your texts", len(events)).format(n=len(events))
    told = _("{told}: {new} only there, {known} known already.").format(told=told, new=len(alone), known=len(events) - len(alone))
    st.html(f'<p class="tl-count" role="status">{told}</p>')
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            ngettext("Download {n} event (CSV)", "Download {n} events (CSV)", len(events)).format(n=len(events)),
            data=people_csv(events, False, current(), view.entries),
            file_name="my-events.csv",
            mime="text/csv",
            key="own-download",
            on_click="ignore",
            icon=":material/download:",
            disabled=events.empty,
        )
        st.button(_("Forget my texts"), key="own-forget", on_click=_forget, icon=":material/delete:")
    _documents(texts)
    _events(events, set(alone["event_id"]))


def _documents(texts: Sequence[Own]) -> None:
    words = current()
    st.table(
        pd.DataFrame(
            {
                _("Text"): [state.plain(_name(one)) for one in texts],
                _("Title"): [state.plain(one.document.title) for one in texts],
                _("Language"): [words.language_name(one.document.language) for one in texts],
                _("Date"): [words.date(one.document.published) if one.document.published else "" for one in texts],
                _("Reports found"): [len(one.mentions) for one in texts],
            }
        ).set_index(_("Text"))
    )


def _events(events: pd.DataFrame, alone: set[str]) -> None:
    if events.empty:
        st.info(_("No event was found in your texts. A text tells one where it says what happened, in a language that is read here."))
        return
    is_new = events["event_id"].isin(alone)
    _listed_events(_("Only in your texts"), events[is_new], "new")
    _listed_events(_("Known already, and told in your texts too"), events[~is_new], "known")


def _listed_events(head: str, events: pd.DataFrame, key: str) -> None:
    if events.empty:
        return
    listed = events.head(_LISTED)
    st.markdown(f"**{head}** · {len(events)}")
    with st.container(key=f"own-{key}", gap="xsmall"):
        for event_id, title, when in zip(listed["event_id"], titles(listed, current()), listed["date_edtf"], strict=True):
            label = state.plain(f"{title} ({current().date(when)})")
            st.button(
                label,
                key=f"own-{event_id}",
                type="tertiary",
                icon=":material/event:",
                wrap=True,
                on_click=state.open_event,
                args=(event_id,),
            )
    if len(events) > _LISTED:
        st.caption(_("and {n} more, in the download").format(n=len(events) - _LISTED))


def _forget() -> None:
    session_texts.forget()
    st.session_state.pop(_REPORT, None)
    # The open event may have been one of theirs.
    state.open_event(None)
