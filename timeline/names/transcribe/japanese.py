"""Vietnamese syllables in katakana, as Japanese news write them (`Kiều` → キエウ), without marks of length.

First choices follow the names of leaders and provinces in the Japanese editions of VOV and of the Vietnam News Agency.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product

# What an initial makes of the vowels a, i, u, e, o; several ways where news write several.
_INITIALS = """
    -: ア イ ウ エ オ
    b: バ ビ ブ ベ ボ
    c k q: カ キ ク ケ コ
    ch: チャ チ チュ チェ チョ
    tr: チャ チ チュ チェ チョ | トラ トリ トル トレ トロ
    g gh ng ngh: ガ ギ グ ゲ ゴ
    gi: ザ ジ ズ ゼ ゾ | ジャ ジ ジュ ジェ ジョ
    d: ザ ジ ズ ゼ ゾ | ダ ディ ドゥ デ ド
    h: ハ ヒ フ ヘ ホ
    kh: カ キ ク ケ コ | ハ ヒ フ ヘ ホ
    l: ラ リ ル レ ロ
    m: マ ミ ム メ モ
    n: ナ ニ ヌ ネ ノ
    nh: ニャ ニ ニュ ニェ ニョ
    p: パ ピ プ ペ ポ
    ph: ファ フィ フ フェ フォ
    r: ザ ジ ズ ゼ ゾ | ラ リ ル レ ロ
    s x: サ シ ス セ ソ
    t: タ ティ トゥ テ ト | タ チ ツ テ ト
    th: タ ティ トゥ テ ト
    v: ヴァ ヴィ ヴ ヴェ ヴォ | バ ビ ブ ベ ボ
"""
_ROWS = {
    initial.strip("-"): [row.split() for row in rows.split(" | ")]
    for initials, rows in (line.split(": ") for line in _INITIALS.strip().splitlines())
    for initial in initials.split()
}
# A rime: the vowel that the initial takes, and what follows it; `/` between several ways.
_RIME_LIST = """
    a:a ac:aック ach:aック/aイック ai:aイ am:aム an:aン ang:aン anh:aイン/aン ao:aオ ap:aップ at:aット au:aウ ay:aイ
    e:e em:eム en:eン enh:eン eo:eオ et:eット eu:eウ
    i:i ia:iア ich:iック iem:iエム ien:iエン iep:iエップ iet:iエット ieu:iエウ/iュウ im:iム in:iン inh:iン iu:iウ it:iット
    o:o oa:oア oai:oアイ oan:oアン oang:oアン oanh:oアイン/oアン oc:oック oi:oイ om:oム on:oン ong:oン op:oップ ot:oット
    u:u ua:uア uan:uアン uat:uアット uc:uック ue:uエ ui:uイ um:uム un:uン ung:uン uoc:uオック uoi:uオイ uong:uオン ut:uット uu:uウ
    uy:uイ uyen:uイエン/uエン uyet:uエット/uイエット uynh:uイン y:i yen:iエン
"""
_RIMES = dict(rime.split(":") for rime in _RIME_LIST.split())
_LENGTH = str.maketrans("", "", "ー")


def katakana_vietnamese(syllables: Iterable[str]) -> dict[str, list[str]]:
    """Katakana → the plain Vietnamese syllables among `syllables` that are written so."""
    found: dict[str, list[str]] = {}
    for syllable in syllables:
        for written in _spellings(syllable):
            found.setdefault(written, []).append(syllable)
    return found


@cache
def _spellings(syllable: str) -> tuple[str, ...]:
    initial = max((row for row in _ROWS if syllable.startswith(row) and syllable[len(row) :] in _RIMES), key=len, default=None)
    if initial is None:
        return ()
    rimes = _RIMES[syllable[len(initial) :]].split("/")
    spellings = (row["aiueo".index(rime[0])] + rime[1:] for row, rime in product(_ROWS[initial], rimes))
    return tuple(dict.fromkeys(spelling.translate(_LENGTH) for spelling in spellings))
