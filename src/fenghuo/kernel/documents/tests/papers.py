"""Real files for the tests, made with the libraries that people's programs are made of, and a few broken on purpose."""

import zipfile
from io import BytesIO

import docx
import pikepdf
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

SECTOR = 512


def pdf(
    text: str = "plan", pages: int = 1, *, change: object = None, encryption: pikepdf.Encryption | None = None
) -> bytes:
    """`change`: a function that is given the document before it is saved."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        for number in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            said = f"BT /F1 40 Tf 72 700 Td ({text} {number + 1}) Tj ET".encode()
            page.obj.Contents = document.make_stream(said)
        if callable(change):
            change(document)
        made = BytesIO()
        document.save(made, encryption=encryption)
        return made.getvalue()


def pictures_pdf(pages: int = 2) -> bytes:
    """As a scanner or WeChat makes it: pages without any text."""
    made = BytesIO()
    first, *others = [Image.effect_noise((300, 420), 60).convert("RGB") for _page in range(pages)]
    first.save(made, "PDF", save_all=True, append_images=others)
    return made.getvalue()


def sealed_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(user="1234", owner="5678"))


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_named_script(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(2)")))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))


def with_launch(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), A=action)
    document.pages[0].obj.Annots = Array([document.make_indirect(link)])


def with_file_inside(document: pikepdf.Pdf) -> None:
    document.attachments["evil.exe"] = b"MZ hidden"


def with_signature(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))
    with_script(document)


def word(*paragraphs: str, heading: str = "第一章 总则") -> bytes:
    document = docx.Document()
    document.add_heading(heading, 1)
    for said in paragraphs or ("为规范防汛应急处置。",):
        document.add_paragraph(said)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "组长", "<b>镇长</b>"
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def sheet() -> bytes:
    book = Workbook()
    book.active.append(["物资", "数量"])  # type: ignore[union-attr]
    book.active.append(["编织袋", 5000])  # type: ignore[union-attr]
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes, *, instead: bool = False) -> bytes:
    """A zip with one part more, or with that part exchanged."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if not (instead and one.filename == name):
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return made.getvalue()


def macro_word() -> bytes:
    return with_part(word(), "word/vbaProject.bin", b"macro")


def fetching_word(target: str) -> bytes:
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'attachedTemplate" Target="{target}" TargetMode="External"/></Relationships>'
    )
    return with_part(word(), "word/_rels/settings.xml.rels", relation.encode())


def bomb_word() -> bytes:
    """30 MB of zeros in one part."""
    return with_part(word(), "word/media/image1.bmp", bytes(30 * 1024 * 1024))


def ofd() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
    return made.getvalue()


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB], version 3) with these streams in its root; "a/b" makes the storage a."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def put(content: bytes, end: int = 0xFFFFFFFE) -> int:
        content += bytes(-len(content) % SECTOR)
        start = len(sectors)
        for at in range(0, len(content), SECTOR):
            sectors.append(content[at : at + SECTOR])
            chains.append(len(sectors) if at + SECTOR < len(content) else end)
        return start

    names = sorted({*streams, *(name.rpartition("/")[0] for name in streams if "/" in name)})
    entries = [_entry("Root Entry", 5, child=1 if names else -1)]
    roots = [name for name in names if "/" not in name]
    order = roots + [name for name in names if "/" in name]
    for name in order:
        content = streams.get(name)
        peers = [one for one in order if one.rpartition("/")[0] == name.rpartition("/")[0]]
        after = peers[peers.index(name) + 1 :]
        right = order.index(after[0]) + 1 if after else -1
        children = [one for one in order if one.rpartition("/")[0] == name]
        child = order.index(children[0]) + 1 if children else -1
        if content is None:
            entries.append(_entry(name.rpartition("/")[2], 1, right=right, child=child))
        else:
            whole = content + bytes(max(0, 4096 - len(content)))
            entries.append(_entry(name.rpartition("/")[2], 2, right=right, start=put(whole), size=len(whole)))
    directory = put(b"".join(entries) + bytes(-len(entries) % 4 * 128))
    fat = len(sectors)
    table = b"".join(one.to_bytes(4, "little") for one in [*chains, 0xFFFFFFFD])
    assert len(table) <= SECTOR, "small files only"
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(6)
    head += b"".join(n.to_bytes(4, "little") for n in (0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat))
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors) + table.ljust(SECTOR, b"\xff")


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1, start: int = 0, size: int = 0) -> bytes:
    said = name.encode("utf-16-le")
    made = said.ljust(64, b"\0") + (len(said) + 2).to_bytes(2, "little") + bytes([kind, 1])
    made += b"".join(n.to_bytes(4, "little", signed=True) for n in (-1, right, child))
    first = (0xFFFFFFFE if kind == 5 else start).to_bytes(4, "little")
    return made + bytes(36) + first + size.to_bytes(8, "little")


def old_word(*, sealed: bool = False, macros: bool = False) -> bytes:
    streams = {"WordDocument": bytes.fromhex("eca5c100") + bytes(7) + bytes([1 if sealed else 0])}
    return ole(streams | ({"Macros/VBA": b"dir"} if macros else {}))


def old_sheet(*, sealed: bool = False, macros: bool = False) -> bytes:
    def one(kind: int, content: bytes) -> bytes:
        return kind.to_bytes(2, "little") + len(content).to_bytes(2, "little") + content

    book = one(0x809, bytes(16)) + (one(0x2F, bytes(6)) if sealed else b"")
    book += one(0x85, bytes(4) + bytes([0, 1 if macros else 0]) + b"\x01\x00A") + one(0x0A, b"")
    return ole({"Workbook": book})


def old_slides(*, sealed: bool = False, macros: bool = False) -> bytes:
    token = bytes.fromhex("dfc4d1f3" if sealed else "5fc091e3")
    atom = bytes.fromhex("1f00ff0314000000020000040c000000") + bytes(4)
    document = bytes(20) + atom + (1 if macros else 0).to_bytes(4, "little") + bytes(4)
    return ole({"Current User": bytes(12) + token, "PowerPoint Document": document})
