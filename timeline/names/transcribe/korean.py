"""Chinese syllables in hangul, by the rules for loanwords (Ministry of Culture of Korea, notice 85-11, table 5): `Wei` → 웨이."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from timeline.names.transcribe.chinese import pinyin_parts

_FIRST, _INITIALS = 0xAC00, "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_BLOCK, _TAILS = 28 * len(_VOWELS), 28  # code points of an initial, of a vowel
_CONSONANT_LIST = "b:ㅂ p:ㅍ m:ㅁ f:ㅍ d:ㄷ t:ㅌ n:ㄴ l:ㄹ g:ㄱ k:ㅋ h:ㅎ j:ㅈ q:ㅊ x:ㅅ zh:ㅈ ch:ㅊ sh:ㅅ r:ㄹ z:ㅉ c:ㅊ s:ㅆ"
_FINAL_LIST = """
    a:아 o:오 e:어 i:이 u:우 ü:위 ɨ:으 ai:아이 ei:에이 ao:아오 ou:어우 an:안 en:언 ang:앙 eng:엉 er:얼 ia:야 ie:예 iao:야오 iu:유 ian:옌
    in:인 iang:양 ing:잉 iong:융 ua:와 uo:워 uai:와이 ui:우이 uan:완 un:운 uang:왕 ong:웅 üe:웨 üan:위안 ün:윈 shaan:아안
    ya:야 yo:요 ye:예 yao:야오 you:유 yan:옌 yin:인 yang:양 ying:잉 yi:이 yong:융 wa:와 wo:워 wai:와이 wei:웨이 wan:완 wen:원 wang:왕
    weng:웡 wu:우 yu:위 yue:웨 yuan:위안 yun:윈
"""
_CONSONANTS = dict(pair.split(":") for pair in _CONSONANT_LIST.split()) | {"": "ㅇ"}
_FINALS = dict(pair.split(":") for pair in _FINAL_LIST.split())
_PLAIN = dict(zip("ㅑㅒㅕㅖㅛㅠ", "ㅏㅐㅓㅔㅗㅜ", strict=True))  # behind j, q, zh, ch, z and c
_AFFRICATES = frozenset("ㅈㅊㅉ")


def hangul_pinyin(syllables: Iterable[str]) -> dict[str, list[str]]:
    """Hangul → the syllables of pinyin among `syllables` that are written so (`장`: jiang, zhang), in their order."""
    found: dict[str, list[str]] = {}
    for syllable in syllables:
        if written := _hangul(syllable):
            found.setdefault(written, []).append(syllable)
    return found


@cache
def _hangul(syllable: str) -> str:
    """One syllable; empty for what is none."""
    parts = pinyin_parts(syllable)
    if parts is None or parts[1] not in _FINALS:
        return ""
    consonant, final = _CONSONANTS[parts[0]], _FINALS[parts[1]]
    vowel, tail = divmod((ord(final[0]) - _FIRST) % _BLOCK, _TAILS)
    if consonant in _AFFRICATES:
        vowel = _VOWELS.index(_PLAIN.get(_VOWELS[vowel], _VOWELS[vowel]))
    return chr(_FIRST + _INITIALS.index(consonant) * _BLOCK + vowel * _TAILS + tail) + final[1:]
