"""People outside the gazetteer as Chinese names are formed: in pinyin by surname and given name, in hanzi behind a role.

Chinese texts write Vietnamese names in hanzi too; behind a Vietnamese office, or with the surname 阮, they are read the Vietnamese way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from timeline.knowledge import Hit, Language, ListedPeople
from timeline.names.finds import Named
from timeline.names.runs import longest_first
from timeline.names.transcribe import pinyin_syllables
from timeline.text import Folded

# The commonest surnames (Ministry of Public Security of China, 2020), and those of officials of Guangxi and Yunnan.
_SURNAMES = """
    王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 罗luo 高gao
    郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang
    余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lyu 丁ding 任ren 卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao
    石shi 金jin 韦wei 贾jia 夏xia 付fu 傅fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 阎yan 雷lei
    龙long 史shi 陶tao 贺he 毛mao 段duan 郝hao 顾gu 龚gong 邵shao 覃qin 武wu 钱qian 戴dai 严yan 莫mo 孔kong 向xiang 常chang 汤tang
    康kang 易yi 乔qiao 赖lai 文wen 农nong 蓝lan 岑cen 甘gan 阮ruan 凌ling 华hua 耿geng 洪hong 尚shang 施shi 万wan 章zhang 温wen 俞yu
    齐qi 关guan 伍wu 辛xin 管guan 祝zhu 左zuo 柳liu 庞pang 殷yin 裴pei 项xiang 翟zhai 申shen 鲁lu 葛ge 安an 符fu 聂nie 詹zhan 包bao
    艾ai 倪ni 骆luo 邢xing 卓zhuo 商shang 桂gui 蒙meng 黎li 刀dao 丛cong 栗li 沙sha 单shan 欧阳ouyang 司马sima 上官shangguan
"""
_PAIRS = [(match[1], match[2]) for match in re.finditer(r"([\u4e00-\u9fff]+)([a-z]+)", _SURNAMES)]
_BY_HANZI = dict(_PAIRS)
_TRADITIONAL = dict(
    zip(
        "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蘇呂盧鍾鐘譚陸範賈鄒蔣賀龔錢嚴農藍華龍顧齊關溫魯聶駱韋覃閻龐湯莊",
        "张刘陈杨黄赵吴孙马罗郑谢许韩邓冯肖叶苏吕卢钟钟谭陆范贾邹蒋贺龚钱严农蓝华龙顾齐关温鲁聂骆韦覃阎庞汤庄",
        strict=True,
    )
)
_BY_KANJI = _BY_HANZI | {kanji: _BY_HANZI[simple] for kanji, simple in _TRADITIONAL.items() if simple in _BY_HANZI}
SURNAMES_BY_RANK = tuple(dict.fromkeys(latin for _, latin in _PAIRS))  # the commonest first
# Syllables that Chinese given names are often made of, for spellings that several share.
_GIVEN_LIST = """
    ming hua jian guo wei qiang jun ping hong lin yong xin zhi wen hai dong bin bo tao lei feng hui jie yi li xiao rong zheng sheng cheng
    qing fang fei fu gang guang han hao jia jing kai liang long mei min ning peng qi qin quan rui shan shao shu song tian ting xia xiang xue
    yan yang ying yu yuan yun zhen zhong zhu chun chao kun le lan lu
"""
GIVEN_SYLLABLES = tuple(_GIVEN_LIST.split())
SURNAMES = frozenset(latin for _, latin in _PAIRS) | {"lu", "lv"}
# Words of other languages before a capitalised word: such a surname needs a role beside it.
WORDS_TOO = frozenset(
    ["he", "an", "long", "wen", "hua", "sun", "pan", "tang", "song", "fan", "kong", "dong", "gui", "du", "ai", "ni", "dao"]
)
# A surname and a given name, which machine translation may part: "Sun Guoxiang", "Sun Guo Xiang".
# The search is for a capital, which is fast; that no letter stands before it is asked then.
_NAME = re.compile(r"([A-Z](?<![^\W_].)[a-zü]{1,8})[ -]([A-Z][a-zü]{1,11})(?!\w)(?:[ -]([A-Z][a-zü]{1,5})(?!\w))?")
_CAPITALISED_SURNAMES = frozenset(map(str.capitalize, SURNAMES))
_HANZI_NAME = re.compile(rf"[ :：]?({'|'.join(sorted(_BY_HANZI, key=len, reverse=True))})([\u4e00-\u9fff]{{1,2}})")
# A name right before a role: behind a border, or who met, saw, or did with whom.
_NAME_BEFORE = re.compile(
    rf"(?:^|[、，。；：（(,.;:\n 」与和同由及见晤])({'|'.join(sorted(_BY_HANZI, key=len, reverse=True))})([\u4e00-\u9fff]{{1,2}})$"
)
# The same in Japanese: behind a small word, a sign, or the kana of another name.
_KANJI_NAME = re.compile(
    rf"(?:^|(?<=[ぁ-んァ-ヶー、。・，．（(「 \n]))({'|'.join(sorted(_BY_KANJI, key=len, reverse=True))})([\u4e00-\u9fff]{{1,2}})$"
)
_NO_GIVEN = re.compile("[县県市省区州业業]$|[副务務级級]")  # what names of places and of lower offices hold
_OF_OFFICES = frozenset("省市县区州厅局部委长席记任官员国政府外党会社公司大使馆主副总常内第一二三四五六七八九十两名各该其新前原现")
# What follows a name and does not end one: verbs of saying and doing, "and", "at", the marks of a list.
_AFTER_NAME = frozenset(
    "说在和与同于对将会率表赴应到访抵并为等指称宣就受致主参出介强认要及向是也还又、，。；：）)(（ \n”」』·代今昨日月年的了已曾共分两"
)
# The commonest family names of Japan (Meiji Yasuda's survey of 2018), and those of its leaders.
JAPANESE_FAMILY = re.compile(
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|齋藤|斉藤|清水|山崎|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|"
    "長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|福田|太田|西村|藤井|金子|岡本|藤原|中野|三浦|原田|中川|松田|竹内|小野|田村|中山|和田|石田|森田|上田|内田|柴田|酒井|宮崎|"
    "横山|高木|安藤|宮本|大野|小島|工藤|谷口|今井|高田|丸山|増田|杉山|村田|大塚|小山|平野|藤本|河野|上野|野口|武田|松井|千葉|菅原|岩崎|久保|木下|佐野|野村|松尾|菊地|"
    "市川|杉本|古川|大西|島田|水野|桜井|高野|渡部|吉川|山内|西田|飯田|菊池|西川|小松|北村|安田|五十嵐|川口|平田|中田|服部|川崎|岩田|土屋|福島|本田|樋口|秋山|田口|永井|"
    "山中|中西|吉村|川上|石原|大橋|松岡|馬場|浜田|森本|星野|矢野|浅野|大久保|松下|吉岡|小池|野田|荒木|岸田|安倍|麻生|茂木|石破|高市|岩屋|木原|上川|梅田|深田"
)
_VERBS = {"强": "调"}  # and names have it too: 王国强
_VIETNAMESE_NAME = re.compile(r"[ :：]?([\u4e00-\u9fff]{2,4})")
_NGUYEN, _THI = "阮", "氏"
_OFFICE = 16  # characters of an office that may tell whose it is ("越南国防部副部长")
# Readings of characters that given names have and no listed person.
_MORE = """
    香Hương 玄Huyền 强Cường 坚Kiên 伟Vĩ 诚Thành 功Công 光Quang 凤Phượng 竹Trúc 莉Ly 琼Quỳnh 鸾Loan 桃Đào 芝Chi 兰Lan 映Ánh 月Nguyệt
    秀Tú 权Quyền 造Tạo 心Tâm 才Tài 财Tài 富Phú 贤Hiền 娴Nhàn 庄Trang 妆Trang 草Thảo 深Thâm 山Sơn 水Thủy 翠Thúy 玲Linh 灵Linh
    庆Khánh 祥Tường 康Khang 科Khoa 凯Khải 雷Lôi 柳Liễu 柏Bách 松Tùng 竞Cạnh 胜Thắng 利Lợi 禄Lộc 顺Thuận 信Tín 仁Nhân 礼Lễ 廉Liêm
    正Chính 直Trực 宝Bảo 玉Ngọc 碧Bích 珠Châu 钻Toản 银Ngân 铜Đồng 铁Thiết 钢Cương 战Chiến 斗Đấu 统Thống 一Nhất 越Việt 南Nam 北Bắc
    军Quân 雄Hùng 罗La 硕Thạc 阿A 东Đông 西Tây 春Xuân 夏Hạ 秋Thu 冬Đông
"""
_MORE_READINGS = dict(re.findall(r"(\S)(\w+)", _MORE))
_MOST_SYLLABLES = 2  # of a given name
_AFTER_ROLE, _BEFORE_ROLE = 40, 4  # characters between a role and a name with one syllable behind the surname


def chinese_people(
    folded: Folded, source: str, pairs: Sequence[str], roles: Sequence[Hit], listed: ListedPeople, language: Language
) -> list[Named]:
    """Names of people by form: folded offsets, canonical in pinyin without tones ("Sun Yi"), Vietnamese ones with their marks.

    `pairs`: the capitalised words of the source that stand before another.
    """
    if language.script == "Latin":
        known = language.names_capitalised and not _CAPITALISED_SURNAMES.isdisjoint(pairs)
        return _pinyin_names(folded, source, roles, language) if known else []
    if language.script == "Han":
        return [name for role in roles if (name := _hanzi_beside(folded, role, listed))]
    if language.script == "Kana":
        return [name for role in roles if (name := _kanji_before(folded, role))]
    return []


def _hanzi_beside(folded: Folded, role: Hit, listed: ListedPeople) -> Named | None:
    return _vietnamese_after(folded, role, listed) or _hanzi_after(folded, role) or _hanzi_before(folded, role, listed)


def _pinyin_names(folded: Folded, source: str, roles: Sequence[Hit], language: Language) -> list[Named]:
    names: list[Named] = []
    starts, ends = starts_and_ends(roles)
    reached = 0
    while match := _NAME.search(source, reached):
        reached = match.start(2)  # "Chongzuo Wei Dong": what begins no name may stand before one
        surname, first, second = match[1].lower(), match[2].lower(), (match[3] or "").lower()
        if surname not in SURNAMES:
            continue
        if not (syllables := _given(first)):
            first = _freed(first, language)  # "s Lu Jianpingem"
            if not (syllables := _given(first)):
                continue
        parted = len(syllables) == 1 and len(_given(second)) == 1
        if len(syllables) == 1 and second and not parted:
            continue  # "Tan Yang Thai"
        given, last = (first + second, 3) if parted else (first, 2)
        start, end = folded.position(match.start()), folded.position(match.end(last))
        joined = len(syllables) == _MOST_SYLLABLES and surname not in WORDS_TOO
        if joined or beside_role(start, end, starts, ends):
            reached = match.end(last)
            names.append(Named(start, end, "person", f"{surname.capitalize()} {given.capitalize()}", "name-by-form"))
    return names


def _freed(name: str, language: Language) -> str:
    """A name without an ending of the language, the longest that leaves a name of two syllables."""
    for ending in longest_first(language.endings):
        if name.endswith(ending) and len(_given(name[: -len(ending)])) == _MOST_SYLLABLES:
            return name[: -len(ending)]
    return name


@lru_cache(maxsize=1 << 12)
def _given(name: str) -> tuple[str, ...]:
    """The one or two syllables of a given name; none for a word that lacks an apostrophe before a vowel, like "Dien"."""
    syllables = pinyin_syllables(name) or ()
    whole = len(syllables) <= _MOST_SYLLABLES and all(syllable[0] not in "aeo" for syllable in syllables[1:])
    return syllables if whole else ()


def starts_and_ends(roles: Sequence[Hit]) -> tuple[list[int], list[int]]:
    """Where roles begin and where they end, each in order."""
    return [role.start for role in roles], sorted(role.end for role in roles)


def beside_role(start: int, end: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a role ends not far before a name, or begins right behind it."""
    before = bisect_right(ends, start)
    behind = bisect_left(starts, end)
    led = before > 0 and start - ends[before - 1] <= _AFTER_ROLE
    return led or (behind < len(starts) and starts[behind] - end <= _BEFORE_ROLE)


def _hanzi_after(folded: Folded, role: Hit) -> Named | None:
    """`外交部发言人汪文斌说`: two or three characters behind a role; the third belongs to the name unless it begins what follows."""
    match = _HANZI_NAME.match(folded.text, role.end)
    if match is None:
        return None
    surname, given = match[1], match[2]
    if _goes_on(folded.text, match.start(2)):
        return None
    if len(given) == 2 and _goes_on(folded.text, match.end() - 1):
        given = given[0]
    start = match.start(1)
    return Named(start, match.start(2) + len(given), "person", _romanised(surname, given), "name-after-role")


def _goes_on(text: str, place: int) -> bool:
    """Whether a character behind a name begins what it does; one that given names have too (`强`) by the next ("强调")."""
    following = _VERBS.get(text[place])
    return text[place] in _AFTER_NAME if following is None else text[place + 1 : place + 2] in following


def _hanzi_before(folded: Folded, role: Hit, listed: ListedPeople) -> Named | None:
    """`韦光明市长`: two or three characters before a role, where they open a clause or follow who met them."""
    match = _NAME_BEFORE.search(folded.text, max(0, role.start - 4), role.start)
    if match is None or any(char in _OF_OFFICES for char in match[2]):
        return None
    name = _romanised(match[1], match[2])
    if match[1] == _NGUYEN:
        syllables = [listed.sino_vietnamese.get(char) or _MORE_READINGS.get(char, "") for char in match[1] + match[2]]
        name = " ".join(syllables) if all(syllables) else ""
    return Named(match.start(1), match.end(2), "person", name, "name-before-role") if name else None


def _kanji_before(folded: Folded, role: Hit) -> Named | None:
    """`崇左市の覃偉明書記`: a Chinese name in kanji right before its office; no Japanese one (`田中`)."""
    match = _KANJI_NAME.search(folded.text, max(0, role.start - 4), role.start)
    if match is None or len(match[2]) < _MOST_SYLLABLES or _NO_GIVEN.search(match[2]) or JAPANESE_FAMILY.match(match[0]):
        return None  # "林業局長": with one character behind the surname it is too often a word
    return Named(match.start(1), match.end(2), "person", _romanised(match[1], match[2]), "name-before-role")


def _vietnamese_after(folded: Folded, role: Hit, listed: ListedPeople) -> Named | None:
    """`越南外交部副部长阮明宇`, `阮氏黄云`: the reading of each character as other Vietnamese names have it."""
    match = _VIETNAMESE_NAME.match(folded.text, role.end)
    if match is None:
        return None
    written = match[1]
    length = 4 if written[1:2] == _THI else 3
    name = written[:length]
    while len(name) > 1 and name[-1] in _AFTER_NAME:
        name = name[:-1]
    if len(name) < 2 or name[1] in _AFTER_NAME:
        return None
    syllables = [listed.sino_vietnamese.get(char) or _MORE_READINGS.get(char, "") for char in name]
    if not all(syllables) or (written[0] != _NGUYEN and not _is_of_vietnam(folded.text[max(0, role.start - _OFFICE) : role.end], listed)):
        return None
    return Named(match.start(1), match.start(1) + len(name), "person", " ".join(syllables), "name-after-role")


def _is_of_vietnam(office: str, listed: ListedPeople) -> bool:
    """Whether an office, with what stands before it, is Vietnam's, or that of a place there."""
    return "中国" not in office and ("越" in office or any(place in office for place in listed.vietnamese_hanzi))


@lru_cache(maxsize=1 << 12)
def _romanised(surname: str, given: str) -> str:
    """`汪`, `文斌` → Wang Wenbin."""
    return f"{_BY_KANJI[surname].capitalize()} {''.join(_pinyin()(given)).capitalize()}"


@cache
def _pinyin():  # type: ignore[no-untyped-def]
    """pypinyin's reading of characters, loaded when a page first needs it: its tables are large."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin
