"""Texts with a secrecy stamp in many forms, and texts that only look like one."""

import unicodedata

STAMPED = {
    "MẬT": (
        "MẬT",
        "Công văn\nMẬT\nNội dung",
        "  [MẬT] ",
        "Độ mật: Mật",
        "Mức độ mật: Mật",
        "ĐỘ MẬT: MẬT",
        "độ mật - mật",
    ),
    "TỐI MẬT": ("TỐI MẬT", "Báo cáo TỐI MẬT số 1", "Độ mật: Tối mật", "TỐI  MẬT", "TỐI\u00a0MẬT", "(TỐI MẬT)"),
    "TUYỆT MẬT": ("TUYỆT MẬT", "TÀI LIỆU TUYỆT MẬT", "Mức độ mật: tuyệt mật", "TUYỆT\nMẬT", "TU\u200bYỆT MẬT"),
}
"""By what find_marks calls them."""

INNOCENT = (
    "",
    "Cơ sở bí mật",
    "BÍ MẬT KINH DOANH",
    "mật độ dân số",
    "MẬT ĐỘ DÂN SỐ",
    "Cơ sở mật báo tin",
    "bảo vệ bí mật nhà nước, độ tối mật",
    "mật",
    "MẬT DANH X1",
    "tối mai gặp",
    "mật khẩu: 1",
    "Độ mật của tài liệu do nơi gửi quyết định",
)

FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def in_every_form(text: str) -> list[str]:
    """The same text composed and decomposed."""
    return [unicodedata.normalize(form, text) for form in FORMS]
