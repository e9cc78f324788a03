# ruff: noqa: E501 - XML is easier to read in whole elements
"""The fixed parts of a Word file we write: styles, numbering, settings. Equal input gives equal bytes, so nothing here
has a date.
"""

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Lists of the numbering part: 1 sections and paragraphs, 2 bullets, 3 (a), 4 (i), 5 decimals, 6 appendices.
SECTIONS, BULLETS, ALPHA, ROMAN, DECIMAL, APPENDICES = 1, 2, 3, 4, 5, 6
LISTS = {"bullet": BULLETS, "alpha": ALPHA, "roman": ROMAN, "decimal": DECIMAL}


def _style(style_id, name, *, based="Normal", ppr="", rpr="", kind="paragraph", following="", more=""):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    following = f'<w:next w:val="{following}"/>' if following else ""
    ppr = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    rpr = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"{more}><w:name w:val="{name}"/>{based}{following}<w:qFormat/>{ppr}{rpr}</w:style>'


def _number(level, list_id=SECTIONS):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def styles():
    """Real heading, paragraph, list, caption and table styles, in the names Word itself uses where it has them."""
    after = '<w:spacing w:before="0" w:after="{after}"/>'
    bold, colour = "<w:b/>", '<w:color w:val="0B3C5D"/>'
    parts = [
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
        _style("Normal", "Normal", based="", more=' w:default="1"'),
        _style("Title", "Title", ppr=after.format(after=280), rpr=bold + colour + '<w:sz w:val="40"/>', following="Normal"),
        _style(
            "Heading1", "heading 1", ppr="<w:keepNext/>" + _number(0) + '<w:spacing w:before="320" w:after="160"/><w:outlineLvl w:val="0"/>',
            rpr=bold + colour + '<w:sz w:val="30"/>', following="Paragraph1",
        ),
        _style(
            "Appendix", "Appendix heading", based="Heading1", ppr="<w:pageBreakBefore/>" + _number(0, APPENDICES), following="Paragraph1"
        ),
        _style(
            "Heading2", "heading 2", ppr='<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="1"/>',
            rpr=bold + '<w:sz w:val="26"/>', following="Paragraph1",
        ),
        _style("Paragraph1", "Paragraph 1", ppr=_number(1)),
        _style("Paragraph2", "Paragraph 2", ppr=_number(2)),
        _style("Paragraph3", "Paragraph 3", ppr=_number(3)),
        _style("BodyText", "Body Text"),
        _style("Recommendation", "Recommendation", based="Paragraph1", ppr=_number(1)),
        _style("RecommendationRepeated", "Recommendation repeated", ppr='<w:ind w:left="720"/>'),
        _style("ListParagraph", "List Paragraph", ppr=after.format(after=80)),
        _style("Quote", "Quote", ppr='<w:pBdr><w:left w:val="single" w:sz="18" w:space="12" w:color="B1B4B6"/></w:pBdr><w:ind w:left="720"/>'),
        _style("Caption", "caption", ppr="<w:keepNext/>" + after.format(after=80), rpr=bold + '<w:sz w:val="22"/>'),
        _style("FigureCaption", "Figure caption", based="Caption", ppr=after.format(after=240)),
        _style("TableText", "Table text", ppr='<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', rpr='<w:sz w:val="22"/>'),
        _style("TableHeading", "Table heading", based="TableText", rpr=bold),
        _style("TableNote", "Table note", ppr='<w:spacing w:before="80" w:after="240"/>', rpr='<w:sz w:val="20"/>'),
        _style("ChartText", "Chart text", ppr='<w:pBdr><w:left w:val="single" w:sz="18" w:space="12" w:color="0B3C5D"/></w:pBdr>'),
        _style("SourceDocument", "Source document"),
        _style("ContactOfficer", "Contact officer"),
        _style("Guidance", "Guidance", rpr='<w:i/><w:color w:val="505A5F"/>'),
        _style("HeaderLine", "Header line", ppr=after.format(after=60)),
        _style("Header", "header", rpr='<w:sz w:val="20"/>'),
        _style("Footer", "footer", rpr='<w:sz w:val="20"/>'),
        _style("FootnoteText", "footnote text", ppr='<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>', rpr='<w:sz w:val="20"/>'),
        _style("FootnoteReference", "footnote reference", based="", kind="character", rpr='<w:vertAlign w:val="superscript"/>'),
        _style("Hyperlink", "Hyperlink", based="", kind="character", rpr='<w:color w:val="0B3C5D"/><w:u w:val="single"/>'),
        _style("BoardsDefinition", "boards definition", based="", kind="character"),
        _style("BoardsInserted", "boards inserted", based="", kind="character", rpr='<w:u w:val="single"/>'),
        _style("BoardsDeleted", "boards deleted", based="", kind="character", rpr="<w:strike/>"),
        _style("BoardsLabel", "boards label", based="", kind="character", rpr=bold),
        '<w:style w:type="table" w:styleId="BoardTable"><w:name w:val="Board table"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>' for side in ("top", "bottom", "insideH")
        )
        + '</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
    ]  # fmt: skip
    return f"{HEAD}<w:styles {NS}>{''.join(parts)}</w:styles>"


def _level(depth, shape, text, *, style="", left=720, hanging=720, font=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    rpr = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>{style}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{rpr}</w:lvl>'
    )


def numbering(restarts):
    """The lists. `restarts` holds (list id, kind, depth) of each list that must begin afresh."""
    sections = "".join(
        (
            _level(0, "decimal", "%1.", style="Heading1"),
            _level(1, "decimal", "%1.%2", style="Paragraph1"),
            _level(2, "decimal", "%1.%2.%3", style="Paragraph2", left=1560, hanging=840),
            _level(3, "decimal", "%1.%2.%3.%4", style="Paragraph3", left=2520, hanging=960),
        )
    )
    appendix = _level(0, "upperLetter", "Appendix %1", style="Appendix", left=1800, hanging=1800)
    appendix += _level(1, "decimal", "%1.%2") + _level(2, "decimal", "%1.%2.%3") + _level(3, "decimal", "%1.%2.%3.%4")
    kinds = {
        SECTIONS: sections,
        BULLETS: "".join(_level(d, "bullet", "•", left=1080 + 360 * d, hanging=360) for d in range(9)),
        ALPHA: "".join(_level(d, "lowerLetter", f"(%{d + 1})", left=1280 + 480 * d, hanging=560) for d in range(9)),
        ROMAN: "".join(_level(d, "lowerRoman", f"(%{d + 1})", left=1280 + 480 * d, hanging=560) for d in range(9)),
        DECIMAL: "".join(_level(d, "decimal", f"%{d + 1}.", left=1280 + 480 * d, hanging=560) for d in range(9)),
        APPENDICES: appendix,
    }
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for key, levels in kinds.items()
    )
    numbers = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in kinds)
    numbers += "".join(
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{LISTS[kind]}"/>'
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for list_id, kind, depth in restarts
    )
    return f"{HEAD}<w:numbering {NS}>{abstract}{numbers}</w:numbering>"


SETTINGS = (
    f'{HEAD}<w:settings {NS}><w:defaultTabStop w:val="720"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/></w:settings>'
)


def page_of(landscape):
    """A4 with 2.54 cm margins, portrait or landscape, with the running header and footer."""
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>{size}'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
