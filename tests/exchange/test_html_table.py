"""Tables on the clipboard as spreadsheets write them."""

from __future__ import annotations

import pytest
from helpers.timing import cpu_seconds

from ach_desk.exchange.html_table import MAX_CHARACTERS, read_html_table

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 15">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";}
.xl65
	{white-space:normal;}
-->
</style>
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=213 style='border-collapse:collapse;width:160pt'>
 <col width=85 style='width:64pt'>
<!--StartFragment-->
 <tr height=20 style='height:15.0pt'>
  <td height=20 class=xl65 width=85 style='height:15.0pt;width:64pt'>Evidence</td>
  <td width=64 style='width:48pt'>A bluff</td>
  <td colspan=2 width=64>Share</td>
 </tr>
 <tr height=40 style='mso-height-source:userset;height:30.0pt'>
  <td height=40 class=xl65>Tanks were seen<br>
    in Rostov<span style='mso-spacerun:yes'>&nbsp;</span></td>
  <td align=center>CC</td>
  <td align=right x:num="0.5" x:fmla="=1/2">50%</td>
  <td>&nbsp;</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'></tr>
 <![endif]>
<!--EndFragment-->
</table>
</body>
</html>"""

CALC = """<!DOCTYPE html>
<html><head>
<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<title>a title</title>
<meta name="generator" content="LibreOffice 7.6.7.2 (Linux)"/>
<style type="text/css">body,div,table,td,p { font-family:"Liberation Sans"; font-size:x-small }</style>
</head>
<body>
<table cellspacing="0" border="0">
	<colgroup span="2" width="85"></colgroup>
	<tr>
		<td height="17" align="left" valign=bottom>Evidence</td>
		<td align="left" valign=bottom>A bluff</td>
	</tr>
	<tr>
		<td rowspan=2 height="34" align="left"><b><font
			color="#000000">Tanks<br>&quot;seen&quot; &amp; heard</font></b></td>
		<td align="right" sdval="3" sdnum="1033;"><a class="comment-indicator"></a><comment>a remark</comment>3</td>
	</tr>
	<tr>
		<td align="left">II</td>
	</tr>
</table>
</body></html>"""


def test_a_block_from_excel() -> None:
    assert read_html_table(EXCEL) == [
        ["Evidence", "A bluff", "Share", ""],
        ["Tanks were seen\nin Rostov", "CC", "50%", ""],
        [],
    ]


def test_a_block_from_calc() -> None:
    assert read_html_table(CALC) == [["Evidence", "A bluff"], ['Tanks\n"seen" & heard', "3"], ["", "II"]]


def test_scripts_styles_and_comments_are_not_read() -> None:
    text = "<table><tr><td>a<script>bad('<td>')</script><style>td{}</style><!-- no --></td></tr></table>"
    assert read_html_table(text) == [["a"]]


def test_paragraphs_in_a_cell_are_lines_and_a_table_in_it_is_text() -> None:
    text = "<table><tr><td><p>one</p><p>two</p><td>x<table><tr><td>y</td></tr></table></table>"
    assert read_html_table(text) == [["one\ntwo", "xy"]]


def test_a_cell_over_rows_and_columns_keeps_the_others_in_place() -> None:
    text = "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    assert read_html_table(text) == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>no table</p>",
        "<p>A page</p><table><tr><td>with a table in it</table>",
        "<table><tr><td>one</table><table><tr><td>two</table>",
        f"<table><tr><td colspan=99999>{'x' * 10}</table>",
        "<table><tr><td>" + "x" * MAX_CHARACTERS,
        "<table><![nonsense[<tr><td>x</table>" * 2,
    ],
)
def test_what_is_no_single_table_of_sound_size_is_not_read(text: str) -> None:
    assert read_html_table(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>" + "<a" * 200_000,
        "<table><tr><td>" + "<!--" * 200_000,
        "<table>" + "<tr><td rowspan=9>" * 50_000,
    ],
)
def test_broken_html_takes_no_long_time(text: str) -> None:
    assert cpu_seconds(lambda: read_html_table(text), attempts=1) < 5


def test_hundreds_of_thousands_of_blocks_in_one_cell_are_read_in_seconds() -> None:
    text = "<table><tr><td>x" + "<div>y" * 100_000 + "</td></tr></table>"
    assert read_html_table(text) == [["x" + "\ny" * 100_000]]
    assert (
        cpu_seconds(lambda: read_html_table(text), attempts=1) < 10
    )  # hours, when all of the cell is read again at each
