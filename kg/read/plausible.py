"""Does a text look like Chinese as people write it, rather than bytes read in a wrong encoding?"""

from __future__ import annotations

from functools import cache

from kg.model import Script

LEAST_COMMON = 0.4  # of the Han characters of a text; Traditional text has 0.6, random bytes 0.16
MOST_STRANGE = 0.02  # private use, unassigned and control characters
_LEAST_USUAL = 0.1  # of the Han characters; running text and headings of tables have 0.25 and more
_SAMPLE = 20_000

# The characters that Chinese reports use most, in both scripts: bytes in a wrong encoding hardly ever give them.
_USUAL = frozenset(
    "的一是在不了有和人这中大为上个国年月日时到说要以会用们生他出就分对成可主发工作地能下子得着过方后也所学家业于自面等行"
    "全市县区省医院卫健康公共服务机构床位张万亿元名例次率增长下降数量比同期其基层乡镇社村站室疾病防控中医药机"
    "部门委员统计表合计总共个项目标单位建设加强提高实现完成开展人口均每千居民管理妇幼保"
    "這個為國時會說們發動對業學後過與產經體實現長數醫療衛務機構壓縣區鄉鎮處萬億張療預統計報標準構總員設單開關係達從還進來"
    "門診護專業藥種間點見邊條傳應辦類極歲運質"
)


def is_plausible(text: str) -> bool:
    """Is ``text`` Chinese as people write it, or no Chinese at all?"""
    sample = text[:_SAMPLE]
    strange = sum(
        "\ue000" <= c <= "\uf8ff"
        or c >= "\U000f0000"
        or (c < " " and c not in "\t\n\r\f")
        or "\x7f" <= c <= "\x9f"
        for c in sample
    )
    if strange > MOST_STRANGE * len(sample):
        return False
    han = _han(sample)
    return not han or sum(map(_is_common, han)) >= LEAST_COMMON * len(han)


def is_chinese(text: str) -> bool:
    """Is ``text`` plausible, and Chinese by its most usual characters?"""
    return is_plausible(text) and commonness(text) >= _LEAST_USUAL


def commonness(text: str) -> float:
    """The share of the Han characters of ``text`` that are most usual in reports; 0 where there are none."""
    han = _han(text[:_SAMPLE])
    return sum(c in _USUAL for c in han) / len(han) if han else 0.0


def ordinariness(text: str) -> float:
    """The share of the letters of ``text`` beyond ASCII that are everyday characters of one script; 0 where there are none.

    Names of people have few of the most usual characters, and are ordinary all the same.
    """
    letters = [c for c in text[:_SAMPLE] if not c.isascii() and c.isalnum()]
    shares = (sum(map(of_level, letters)) for of_level in (_is_common, _is_common_in_big5))
    return max(shares) / len(letters) if letters else 0.0


def script_of(text: str) -> Script:
    """``Hant`` where characters that only Traditional Chinese has outnumber those that only Simplified has, else ``Hans``."""
    only = [_only(c) for c in set(_han(text[:_SAMPLE]))]
    return "Hant" if only.count("Hant") > only.count("Hans") else "Hans"


def _han(text: str) -> list[str]:
    return [c for c in text if "一" <= c <= "鿿"]


@cache
def _only(character: str) -> Script | None:
    """The script whose old character set alone has it."""
    simplified, traditional = _in(character, "gb2312"), _in(character, "big5")
    return "Hans" if simplified and not traditional else "Hant" if traditional and not simplified else None


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_common(character: str) -> bool:
    """Is it one of the 3,755 characters of level 1 of GB 2312, which make up nearly all running text?"""
    code = character.encode("gb18030", errors="replace")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def _is_common_in_big5(character: str) -> bool:
    """Is it one of the 5,401 characters of the first level of Big5?"""
    return (
        _in(character, "big5") and 0xA4 <= character.encode("big5")[0] <= 0xC6 and "一" <= character <= "鿿"
    )
