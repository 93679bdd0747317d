"""Three made tables of statistics bulletins, as every format prints them, with what each of their figures states.

The divisions are real, the figures invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    """A cell as made: its text and how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Figure:
    """What a cell states: value and unit after the multiplier, indicator, subject, the period's two days."""

    cell: str
    value: str
    unit: str
    indicator: str
    subject: str
    start: str
    end: str


@dataclass(frozen=True)
class Bulletin:
    """A table with the lines around it; ``figures`` are those it states."""

    name: str
    title: str
    above: tuple[str, ...]
    head: tuple[tuple[Box, ...], ...]
    body: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]
    figures: tuple[Figure, ...] = field(default=())


def _year(year: int) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"


def _counties() -> Bulletin:
    """A row a division, a column an indicator with its unit, the total first."""
    columns = [("医疗卫生机构数", "个"), ("床位数", "张"), ("卫生技术人员数", "人"), ("执业（助理）医师数", "人"), ("注册护士数", "人")]  # fmt: skip
    rows = [
        ("全市", "1,716", "14,872", "21,305", "8,412", "9,377"),
        ("柯城区", "402", "6,215", "8,930", "3,350", "4,106"),
        ("衢江区", "268", "1,540", "2,211", "934", "845"),
        ("江山市", "371", "2,733", "3,902", "1,585", "1,698"),
        ("龙游县", "247", "1,806", "2,517", "1,023", "1,088"),
        ("常山县", "208", "1,322", "1,890", "771", "836"),
        ("开化县", "220", "1,256", "1,855", "749", "804"),
    ]
    figures = [
        Figure(
            text, text.replace(",", ""), unit, name, "衢州市" if row[0] == "全市" else row[0], *_year(2022)
        )
        for row in rows
        for (name, unit), text in zip(columns, row[1:], strict=True)
    ]
    return Bulletin(
        "counties",
        "衢州市2022年卫生健康事业发展统计公报",
        ("表1 2022年各县（市、区）医疗卫生资源情况",),
        ((Box("地区"), *(Box(f"{name}（{unit}）") for name, unit in columns)),),
        tuple(rows),
        ("注：医疗卫生机构数含村卫生室。",),
        tuple(figures),
    )


def _years() -> Bulletin:
    """A row an indicator with its unit in a column of its own, a column a year, and the change."""
    rows = [
        ("总诊疗人次", "万人次", "1268.4", "1195.7", "6.1"),
        ("门急诊人次", "万人次", "1187.2", "1121.0", "5.9"),
        ("出院人数", "万人", "38.6", "35.9", "7.5"),
        ("病床使用率", "%", "79.4", "76.8", "2.6"),
        ("出院者平均住院日", "天", "8.1", "8.4", "-0.3"),
        ("次均门诊费用", "元", "262.3", "251.8", "4.2"),
        ("次均住院费用", "元", "7,914.5", "7,702.1", "2.8"),
    ]
    figures: list[Figure] = []
    scale = {"万人次": (10_000, "人次"), "万人": (10_000, "人")}
    for name, unit, this, last, change in rows:
        factor, plain = scale.get(unit, (1, unit))
        for text, year in ((this, 2023), (last, 2022)):
            number = float(text.replace(",", "")) * factor
            figures.append(
                Figure(text, f"{number:.4f}".rstrip("0").rstrip("."), plain, name, "曲靖市", *_year(year))
            )
        difference = {"%": "个百分点", "天": "天"}.get(unit, "%")
        word = "下降" if change.startswith("-") else "增长"
        figures.append(Figure(change, change.lstrip("-"), difference, name + word, "曲靖市", *_year(2023)))
    return Bulletin(
        "years",
        "曲靖市2023年卫生健康统计公报",
        ("表2 全市医疗服务情况",),
        ((Box("指标"), Box("单位"), Box("2023年"), Box("2022年"), Box("比上年增减")),),
        tuple(rows),
        ("说明：费用按当年价格计算。",),
        tuple(figures),
    )


def _merged() -> Bulletin:
    """Headings over two rows, merged, the unit above the table in 万人, a total at the end."""
    heads = [("常住人口", "人"), ("家庭医生签约人数", "人")]
    years = (2021, 2022)
    rows = [
        ("雨城区", "36.2", "36.0", "14.1", "15.3"),
        ("名山区", "25.5", "25.3", "10.2", "11.0"),
        ("荥经县", "13.0", "12.9", "5.6", "5.9"),
        ("汉源县", "27.9", "27.7", "11.3", "12.1"),
        ("石棉县", "11.6", "11.5", "4.9", "5.2"),
        ("合计", "114.2", "113.4", "46.1", "49.5"),
    ]
    figures = [
        Figure(
            text,
            f"{round(float(text) * 10_000)}",
            unit,
            name,
            "雅安市" if row[0] == "合计" else row[0],
            *_year(year),
        )
        for row in rows
        for ((name, unit), year), text in zip(
            [(head, year) for head in heads for year in years], row[1:], strict=True
        )
    ]
    return Bulletin(
        "merged",
        "雅安市2022年基层卫生工作统计资料",
        ("表3 各县（区）人口与家庭医生签约情况", "单位：万人"),
        (
            (Box("县（区）", rows=2), *(Box(name, columns=2) for name, _ in heads)),
            tuple(Box(f"{year}年") for _ in heads for year in years),
        ),
        tuple(rows),
        ("注：本表为年末数。",),
        tuple(figures),
    )


BULLETINS = (_counties(), _years(), _merged())
