"""Names of files: made safe, and refused when they carry the stamp of a state secret."""

import unicodedata

import pytest

from registry.information.name_marks import name_marks
from registry.information.names import MOST_BYTES, ascii_name, extension, safe_name


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("TUYỆT MẬT", ["TUYỆT MẬT"]),
        ("TỐI MẬT", ["TỐI MẬT"]),
        ("MẬT", ["MẬT"]),
        ("Độ khẩn\nMẬT\nĐỘ KHẨN: HỎA TỐC", ["MẬT"]),
        ("(MẬT)", ["MẬT"]),
        ("M Ậ T", ["MẬT"]),
        ("M.Ậ.T", ["MẬT"]),
        ("T Ố I   M Ậ T", ["TỐI MẬT"]),
        ("T U Y Ệ T  M Ậ T", ["TUYỆT MẬT"]),
        ("TUYỆT\nMẬT", ["TUYỆT MẬT"]),
        ("TỐI_MẬT_bao-cao.pdf", ["TỐI MẬT"]),
        ("TUYET MAT.pdf", ["TUYỆT MẬT"]),
        ("toan bo TOI_MAT 2024", ["TỐI MẬT"]),
        ("ＭẬＴ", ["MẬT"]),
        ("M\u200bẬ\u200bT", ["MẬT"]),
        ("TUYỆT MẬT và MẬT", ["TUYỆT MẬT", "MẬT"]),
        ("ĐỘ MẬT: MẬT", ["MẬT"]),
    ],
)
def test_a_stamp_is_found_however_it_is_written(text: str, marks: list[str]) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert name_marks(unicodedata.normalize(form, text)) == marks, form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bí mật",
        "Bí mật nháp",
        "mật độ dân cư",
        "Tài liệu mật",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "MẬT ĐỘ DÂN CƯ",
        "MẬT KHẨU",
        "MẬT DANH X1",
        "ĐỘ MẬT: KHÔNG",
        "MÁT",
        "MẠT",
        "MAT 2024",
        "ẨMẬT",
        "TÔI MẤT VÍ",
        "TỐI MẶT TỐI MŨI",
        "TOMATO MATCH",
        "GỖ MẬTA",
    ],
)
def test_other_words_are_no_stamp(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert name_marks(unicodedata.normalize(form, text)) == [], form


LONG = "Biên bản bàn giao hồ sơ vụ án ma túy liên tỉnh số " * 8


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        (unicodedata.normalize("NFD", "báo cáo.pdf"), "báo cáo.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("/abs/a.txt", "a.txt"),
        ("C:\\a.txt", "a.txt"),
        ("a\0b.txt", "ab.txt"),
        ("a\r\nb.txt", "a b.txt"),
        ("hoadon\u202efdp.exe", "hoadonfdp.exe"),
        ("a\u200b\ufeff.txt", "a.txt"),
        ("...hidden.txt", "hidden.txt"),
        (".htaccess", "htaccess"),
        ("CON.txt", "_CON.txt"),
        ("con", "_con"),
        ("lpt1.tar.txt", "_lpt1.tar.txt"),
        ("CONG.txt", "CONG.txt"),
        ("a:b?.txt", "a_b_.txt"),
        ("a.txt. . ", "a.txt"),
        ("a\ud800.txt", "a.txt"),
        ("", ""),
        ("..", ""),
        ("\u202e\0", ""),
        ("a/", ""),
    ],
)
def test_a_name_is_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe
    assert safe_name(safe) == safe


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_long_vietnamese_name_keeps_its_ending(form: str) -> None:
    given = unicodedata.normalize(form, LONG + ".pdf")
    assert len(given.encode()) >= 300
    safe = safe_name(given)
    assert safe.endswith(".pdf")
    assert len(safe.encode()) <= MOST_BYTES
    assert unicodedata.is_normalized("NFC", safe)
    assert LONG.startswith(safe.removesuffix(".pdf"))


def test_a_name_has_a_fallback_in_plain_letters() -> None:
    assert ascii_name("Đề án “biên giới” 100%.pdf") == "De an _bien gioi_ 100_.pdf"
    assert ascii_name('a"b\\c.txt') == "a_b_c.txt"
    assert (extension("a.PDF"), extension("pdf"), extension("a.tar.gz")) == ("pdf", "", "gz")
