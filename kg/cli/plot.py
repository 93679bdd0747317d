"""A chart as SVG, PNG or a page: Vega-Lite, drawn by vl-convert without a browser or a network (the extra ``plot``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kg.cli.axes import Axes
from kg.cli.render import Plain
from kg.errors import UsageError

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, SimHei, sans-serif"
_HAN = re.compile(r"[\u3400-\u9fff]")
_WIDTH = 560  # pixels of the plot without its labels
_SCALE = 2  # pixels of a PNG for each of an SVG
_SHARE = 300  # pixels that the longest label may take


def plot(
    columns: Sequence[str], rows: Sequence[Sequence[Plain]], axes: Axes, title: str, form: str
) -> str | bytes:
    """The chart as ``svg`` or ``html`` text, or as the bytes of a ``png``. The HTML holds the scripts that it needs.

    Raises:
        UsageError: E235 where vl-convert is not installed, E236 where a PNG would lack its Chinese characters.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("E235", format=form) from error
    spec = specification(columns, rows, axes, title)
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(spec))
    if form == "html":
        return str(vl_convert.vegalite_to_html(spec, bundle=True))
    if _HAN.search(str(spec)) and not has_chinese_font():
        raise UsageError("E236")
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE))


def has_chinese_font() -> bool:
    """Whether the renderer finds one: two characters that look alike were drawn with none."""
    import vl_convert  # noqa: PLC0415 - an extra

    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        '<text x="2" y="20" font-size="18" font-family="sans-serif">{}</text></svg>'
    )
    one, other = (vl_convert.svg_to_png(drawing.format(character)) for character in "医疗")
    return bool(one != other)


def specification(
    columns: Sequence[str], rows: Sequence[Sequence[Plain]], axes: Axes, title: str
) -> dict[str, Any]:
    """The chart in Vega-Lite: lines over time, bars otherwise; a part for each unit, with a scale of its own."""
    used = dict.fromkeys(one for one in (axes.x, axes.y, axes.series, axes.unit) if one)
    at = {column: columns.index(column) for column in used}
    data = [{column: _number(row[place]) for column, place in at.items()} for row in rows]
    data = [row for row in data if row[axes.y] is not None and row[axes.x] is not None]
    units = {str(row[axes.unit]) for row in data} if axes.unit else set()
    measure = {"field": axes.y, "type": "quantitative", "title": " ".join([axes.y, *_only(units)])}
    chart = _lines(axes, measure) if axes.time else _bars(axes, measure)
    spec: dict[str, Any] = {"width": _WIDTH, **chart}
    if len(units) > 1:
        spec = {
            "facet": {"row": {"field": axes.unit, "type": "nominal", "title": None}},
            "spec": spec,
            "resolve": {"scale": {"x": "independent", "y": "independent"}},
        }
    return {
        "$schema": _SCHEMA,
        "title": title,
        "background": "white",
        "data": {"values": data},
        **spec,
        "config": {"font": _FONTS, "axis": {"labelLimit": _SHARE}, "legend": {"labelLimit": _SHARE}},
    }


def _lines(axes: Axes, measure: dict[str, Any]) -> dict[str, Any]:
    encoding: dict[str, Any] = {
        "x": {"field": axes.x, "type": "ordinal", "title": axes.x},
        "y": measure,
    }
    if axes.series:
        encoding["color"] = {"field": axes.series, "type": "nominal"}
    return {"mark": {"type": "line", "point": True}, "encoding": encoding}


def _bars(axes: Axes, measure: dict[str, Any]) -> dict[str, Any]:
    encoding: dict[str, Any] = {
        "y": {"field": axes.x, "type": "nominal", "sort": None, "title": axes.x},
        "x": measure,
    }
    if axes.series:
        encoding["yOffset"] = {"field": axes.series, "sort": None}
        encoding["color"] = {"field": axes.series, "type": "nominal", "sort": None}
    return {"mark": "bar", "encoding": encoding}


def _only(units: set[str]) -> list[str]:
    return [f"({unit})" for unit in units if unit] if len(units) == 1 else []


def _number(cell: Plain) -> object:
    return float(cell) if isinstance(cell, Decimal) else cell
