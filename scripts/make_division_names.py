"""Make seeds/vocabulary/division_names.csv and division_codes.csv: what the divisions are called elsewhere, and were coded before.

    python -m pip download GB2260==0.4.1 --no-deps
    python scripts/make_division_names.py GB2260-0.4.1-py2.py3-none-any.whl seeds/vocabulary

`division_names.csv` has the pinyin, the name in Traditional characters, the English name where one is known, and the year
from which the division has had its name and code, for every division down to county. Readings come from pypinyin, characters from
OpenCC, both corrected by `division_names_checked.csv`: a row of a single character holds unless a row of a whole name says
otherwise. An English name is the pinyin of a Chinese name with the word for its level; a name of another language has one only
where the table gives it. `division_codes.csv` has the codes and names of the editions of GB/T 2260 from 2002 to 2014 (package GB2260,
BSD) that are no longer in use, with the code of today and the years they were seen in. What became of those whose name does not tell
it (城区, 市中区; divisions that were split or changed hands) stands in `division_codes_checked.csv`.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from make_divisions import write
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from kg.clean.script import simplified
from kg.model import Place
from kg.tag import lexicon

LONG = {
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "维吾尔",
}  # which names of divisions have without 族 too
NATION = "|".join(
    sorted((f"{n}族{'?' if n in LONG else ''}" for n in lexicon.NATIONALITIES), key=len, reverse=True)
)
PARTS = re.compile(
    rf"^(?P<stem>.{{2,}}?|.)(?P<nations>(?:{NATION}|各族)*)"
    r"(?P<wing>[左右]翼)?(?P<generic>自治[区州县旗]|特别行政区|行政委员会|地区|(?<=神农架)林区|特区|新区|矿区|联合旗|群岛|[前后中左右]旗|[省市县区旗盟])$"
)
ENGLISH = {
    "自治州": "Autonomous Prefecture", "自治县": "Autonomous County", "县": "County", "区": "District", "新区": "New District",
    "矿区": "Mining District", "地区": "Prefecture", "市": "", "省": "",
}  # fmt: skip
OTHER_LANGUAGES = (
    "15",
    "54",
    "63",
    "65",
    "5132",
    "5133",
    "5334",
    "6230",
)  # Mongolian, Tibetan, Uyghur ... at home there
MISPRINTED = frozenset(
    ["墉桥区", "荷泽市", "廛河回族区", "师河区", "乔口区", "虎亭区", "荔蒲县", "江洲区", "华莹市"]
)
HEADINGS = re.compile(r"市辖区|县|市|.*直辖.*|晋城市市辖区")


def checked(form: str) -> dict[str, str]:
    """The hand-made values of one form, by name or character."""
    return {
        row["name"]: row["value"] for row in lexicon.rows("division_names_checked.csv") if row["form"] == form
    }


def word(syllables: list[str]) -> str:
    """Syllables as one capitalised word, with an apostrophe before a vowel (Xī'ān)."""
    joined = syllables[0]
    for syllable in syllables[1:]:
        joined += ("'" if unicodedata.normalize("NFD", syllable)[0] in "aoe" else "") + syllable
    return joined[:1].upper() + joined[1:]


def words(name: str) -> tuple[str, list[str], str, str]:
    """Stem, nationalities, wing and generic part of a name."""
    match = PARTS.match(name)
    if match is None:
        return name, [], "", ""
    nations = re.findall(rf"各族|{NATION}", match["nations"])
    return match["stem"], nations, match["wing"] or "", match["generic"]


def readings(name: str, table: dict[str, str]) -> list[str]:
    """The syllables of a name, with tones."""
    said = lazy_pinyin(name, style=Style.TONE)
    return [table.get(character, syllable) for character, syllable in zip(name, said, strict=True)]


def pinyin(name: str, table: dict[str, str]) -> tuple[str, str]:
    """The whole name in pinyin, and its stem."""
    syllables = readings(name, table)
    stem, nations, wing, generic = words(name)
    at, parts = len(stem), [word(syllables[: len(stem)])]
    if name in table:
        parts = [table[name]]
    first = parts[0]
    for part in (*nations, wing, generic):
        if part:
            parts.append(word(syllables[at : at + len(part)]))
            at += len(part)
    if len(stem) == 1 and len(parts) == 2:
        return parts[0] + parts[1].lower(), first
    return " ".join(parts), first


def toneless(text: str) -> str:
    """Without marks of tone; ü stays."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if c not in "\u0300\u0301\u0304\u030c")
    return unicodedata.normalize("NFC", bare)


def english(unit: Place, stem: str, table: dict[str, str]) -> str:
    """The English name; empty where it is not known."""
    if unit.name in table:
        return table[unit.name]
    _, nations, wing, generic = words(unit.name)
    if (
        (unit.level != "province" and unit.code.startswith(OTHER_LANGUAGES))
        or wing
        or generic not in ENGLISH
        or unit.name in ("城区", "矿区", "郊区")
    ):
        return ""
    peoples = [table.get(nation) or table.get(f"{nation}族", "") for nation in nations]
    if "" in peoples:
        return ""
    people = " and ".join([", ".join(peoples[:-1]), peoples[-1]] if len(peoples) > 1 else peoples)
    return " ".join(part for part in (toneless(stem), people, ENGLISH[generic]) if part)


def traditional(name: str, converter: OpenCC, table: dict[str, str]) -> str:
    """The name in Traditional characters."""
    found = table.get(name) or "".join(table.get(c, c) for c in converter.convert(name))
    if simplified(found) != name:
        raise SystemExit(f"{name}: {found} is {simplified(found)} in simplified characters")
    return found


def editions(wheel: Path) -> list[tuple[int, dict[str, str]]]:
    """Year, and name by code, of each edition of the standard in the package, oldest first."""
    sys.path.insert(0, str(wheel))
    data = importlib.import_module("gb2260.data").data
    keys = sorted((k for k in data if k), key=lambda k: (int(str(k)[:4]), int(str(k)[4:] or 12)))
    return [(int(str(k)[:4]), {str(c): n for c, n in data[k].items()}) for k in keys] + [
        (2014, {str(c): n for c, n in data[None].items()})
    ]


def history(found: list[tuple[int, dict[str, str]]]) -> dict[tuple[str, str], tuple[int, int]]:
    """First and last year of each pair of code and name."""
    years: dict[tuple[str, str], tuple[int, int]] = {}
    for year, names in found:
        for code, name in names.items():
            if not HEADINGS.fullmatch(name) and name not in MISPRINTED:
                years[code, name] = (years.get((code, name), (year, year))[0], year)
    return years


def today(code: str, name: str) -> tuple[str, str]:
    """The division of today that a code and name of old mean, and the year it ended where a list says so; else empty."""
    for row in lexicon.rows("division_codes_checked.csv"):
        if (row["code"], row["name"]) == (code, name):
            return row["now"], row["until"]
    area = f"{code[:2]}0000"
    for row in lexicon.rows("divisions_former.csv"):
        if row["name"] == name and lexicon.by_name(row["province"])[0].code == area:
            units = lexicon.by_name(row["now"], area)
            own = [unit for unit in units if unit.code[:4] == code[:4]]
            return (own or list(units))[0].code if units else "", row["until"]
    same = lexicon.by_name(name, area)
    above = lexicon.place(f"{code[:4]}00")
    if len(same) == 1 and (name[-1] != "区" or same[0].code[:4] == code[:4] or above is None):
        return same[0].code, ""
    now = lexicon.place(code)
    return (code if now is not None and not same else ""), ""


def codes(years: dict[tuple[str, str], tuple[int, int]]) -> Iterator[tuple[str, str, str, str, str]]:
    """(code, name, now, since, until) of what is no longer in use, by code and name; without years where none is known."""
    first, last = min(a for a, _ in years.values()), max(b for _, b in years.values())
    cities = {
        row["name"]: row["until"] for row in lexicon.rows("divisions_former.csv") if row["level"] == "city"
    }
    names = dict(years.keys())  # the name that a code had last
    for (code, name), (since, until) in sorted(years.items()):
        unit = lexicon.place(code)
        if unit is not None and unit.name == name:
            continue
        now, ended = today(code, name)
        above = cities.get(names.get(f"{code[:4]}00", ""), "")
        end = ended or (str(until) if until < last else above)
        if now and end:
            yield code, name, now, str(since) if since > first else "", end


def since(
    unit: Place, years: dict[tuple[str, str], tuple[int, int]], renamed: dict[str, str], coded: dict[str, str]
) -> str:
    """The year from which the division has had its name and code; empty where it is not known, or before 2002."""
    if unit.code in renamed:
        return renamed[unit.code]
    if (unit.code, unit.name) in years:
        first = years[unit.code, unit.name][0]
        return str(first) if first > min(a for a, _ in years.values()) else ""
    return coded.get(unit.code, "")


def main() -> None:
    """Read the package named first, write into the folder named second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    print(f"{source.name} sha256 {hashlib.sha256(source.read_bytes()).hexdigest()}")
    years = history(editions(source))
    old = list(codes(years))
    write(target / "division_codes.csv", ("code", "name", "now", "since", "until"), old)
    renamed: dict[str, str] = {}
    for row in lexicon.rows("divisions_former.csv"):
        for unit in lexicon.by_name(row["now"], row["province"])[:1]:
            if not row["change"].startswith("并入"):
                renamed[unit.code] = max(renamed.get(unit.code, ""), row["until"])
    coded = {now: until for _, _, now, _, until in sorted(old, key=lambda row: row[4])}
    latin, western, converter = checked("pinyin"), checked("english"), OpenCC("s2t")
    characters = checked("traditional")
    rows = []
    for unit in lexicon.divisions().values():
        said, stem = pinyin(unit.name, latin)
        rows.append(
            (
                unit.code,
                said,
                traditional(unit.name, converter, characters),
                english(unit, stem, western),
                since(unit, years, renamed, coded),
            )
        )
    write(target / "division_names.csv", ("code", "pinyin", "traditional", "english", "since"), sorted(rows))


if __name__ == "__main__":
    main()
