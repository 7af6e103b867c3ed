"""The page where a reader adds texts of their own: pasted, as files, or by links where the host allows that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from timeline.app import session_texts, state, style, uploads
from timeline.app.language import _, current, ngettext
from timeline.app.leave import may_fetch
from timeline.app.session_texts import MAX_CHARACTERS, Given, Own, plain_name
from timeline.app.view import View, titled, titles
from timeline.documents.fetch import fetch
from timeline.errors import InputError
from timeline.export import people_csv

MAX_LINKS = 10
FIRST_DAY = date(1900, 1, 1)
_REPORT = "add_report"
_ROUND = "add_round"
_LISTED = 50


def render(view: View) -> None:
    """Draw the page."""
    style.title(_("Add texts of your own"))
    if not session_texts.has_room(view.archive):
        st.info(_("There are too many events here to put yours among them: read your texts on your own machine."))
        return
    st.markdown(
        _(
            "Their events appear on the timeline at once, marked, for you alone. "
            "The texts stay in this session’s memory and are gone with it: the server keeps no copy."
        )
    )
    labels = [_("Paste a text"), _("Upload files"), *([_("Links")] if may_fetch() else [])]
    pages = st.tabs(labels)
    # A new key empties a form once its content has been read.
    turn = st.session_state.get(_ROUND, 0)
    with pages[0]:
        given = _paste(turn)
    with pages[1]:
        given = [*given, *uploads.field()]
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


def _take(given: Sequence[Given], links: Sequence[str]) -> None:
    """Read all that was handed in, show how far it is, and draw the page anew.

    What could be read is kept text by text: whoever leaves the page meanwhile, which ends this run, finds it there again.
    """
    total = len(given) + len(links)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_REPORT] = 0, (), total
    bar = st.progress(0.0, text=_("Getting ready …"))
    for number, one in enumerate(_all(given, links)):
        name = one.name if isinstance(one, Given) else one.where
        said = _("Reading {name} ({k} of {n}) …").format(name=state.plain(name), k=number + 1, n=total)
        bar.progress(number / total, text=said)
        items = [one] if isinstance(one, InputError) else session_texts.read(one, session_texts.engine(), session_texts.own())
        for item in items:
            read, refused, left = st.session_state[_REPORT]
            if isinstance(item, InputError):
                st.session_state[_REPORT] = read, (*refused, item), left
                continue
            session_texts.add([item])
            st.session_state[_REPORT] = read + 1, refused, left
            bar.progress(number / total, text=f"{said} {state.plain(_name(item))}")
        read, refused, _left = st.session_state[_REPORT]
        st.session_state[_REPORT] = read, refused, total - number - 1
    bar.progress(1.0, text=_("Putting the events together …"))
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
    read, refused, left = report
    if read:
        st.success(ngettext("{n} text was read.", "{n} texts were read.", read).format(n=read), icon=":material/check_circle:")
    if refused:
        head = ngettext("{n} could not be read:", "{n} could not be read:", len(refused)).format(n=len(refused))
        lines = [f"- {_said(fault)}" for fault in refused[:_LISTED]]
        more = [_("and {n} more").format(n=len(refused) - _LISTED)] if len(refused) > _LISTED else []
        st.error("\n".join([head, "", *lines, *more]), icon=":material/error:")
    if left:
        said = ngettext(
            "{n} was left unread: the page was left or used meanwhile.", "{n} were left unread: the page was left or used meanwhile.", left
        )
        st.warning(said.format(n=left), icon=":material/pause_circle:")


def _said(fault: InputError) -> str:
    where, why, remedy = (state.plain(part) for part in (fault.where, *fault.told(current())))
    if not remedy:
        return _("**{where}**: {why}.").format(where=where, why=why)
    return _("**{where}**: {why}. {remedy}.").format(where=where, why=why, remedy=f"{remedy[:1].upper()}{remedy[1:]}")


def _name(own: Own) -> str:
    return own.document.doc_id.removeprefix(session_texts.PREFIX)


def _own(view: View) -> None:
    """This reader's texts and their events."""
    texts = session_texts.own()
    if not texts:
        return
    events = view.archive.events.rows(view.archive.events.where("event_id", view.new))
    ours = {one.document.doc_id for one in texts}
    alone = events[events["documents"].map(lambda ids: ours.issuperset(ids)).astype(bool)]
    style.heading(_("Your texts"))
    told = ngettext("{n} event is told in your texts", "{n} events are told in your texts", len(events)).format(n=len(events))
    told = _("{told}: {new} only there, {known} known already.").format(told=told, new=len(alone), known=len(events) - len(alone))
    style.count(told)
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
        cells = zip(listed["event_id"], titles(listed, current()), listed["date_edtf"], listed["date_precision"], strict=True)
        for event_id, title, when, precision in cells:
            label = state.plain(titled(title, when, precision, current()))
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
