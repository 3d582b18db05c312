"""The parts of the report in the order in which agencies read it, and which of them hold a written text."""

from reports.document import Text

SITUATION, COMMENDATION = "situation", "commendation"
RESULTS = ("advice", "shared", "operations", "cases", "fugitives", "lawful", "communication", "training",
           "international", COMMENDATION)  # fmt: skip
ASSESSMENT = ("strengths", "shortcomings", "causes", "lessons")
TASKS, PROPOSALS = "tasks", "proposals"

WRITTEN = (SITUATION, *RESULTS, *ASSESSMENT, TASKS, PROPOSALS)
"""Keys of the parts that the secretariat writes a text for."""

TITLES: dict[str, Text] = {
    SITUATION: Text("Tình hình", "Situation"),
    "results": Text("Kết quả công tác phối hợp", "Results of coordination"),
    "advice": Text("Công tác tham mưu, chỉ đạo", "Advice and direction"),
    "shared": Text("Trao đổi, chia sẻ thông tin", "Exchange of information"),
    "operations": Text("Biện pháp nghiệp vụ", "Operational measures"),
    "cases": Text("Đấu tranh, bắt giữ", "Arrests and seizures"),
    "fugitives": Text("Truy nã, vận động đầu thú", "Fugitives"),
    "lawful": Text(
        "Kiểm soát hoạt động hợp pháp liên quan đến ma túy, tiền chất",
        "Control of lawful activities and of precursors",
    ),
    "communication": Text("Tuyên truyền, vận động", "Communication"),
    "training": Text("Tập huấn, huấn luyện", "Training"),
    "international": Text("Hợp tác quốc tế", "International cooperation"),
    COMMENDATION: Text("Thi đua, khen thưởng", "Emulation and commendation"),
    "assessment": Text("Nhận xét, đánh giá", "Assessment"),
    "strengths": Text("Ưu điểm", "Strengths"),
    "shortcomings": Text("Tồn tại, hạn chế", "Shortcomings"),
    "causes": Text("Nguyên nhân", "Causes"),
    "lessons": Text("Bài học kinh nghiệm", "Lessons"),
    TASKS: Text("Phương hướng, nhiệm vụ", "Directions and tasks"),
    PROPOSALS: Text("Kiến nghị, đề xuất", "Proposals"),
}

METRICS: dict[str, tuple[str, ...]] = {
    "advice": ("advice_documents",),
    "operations": ("joint_patrols", "requests_sent", "requests_answered", "drug_hotspots_eradicated"),
    "cases": (
        *("drug_cases", "drug_special_cases", "drug_prosecuted_cases", "joint_cases_led", "joint_cases_coordinated"),
        *("persons_arrested", "persons_charged", "weapons_seized", "vehicles_seized"),
    ),
    "fugitives": ("fugitives_arrested_or_surrendered", "fugitives_arrested", "fugitives_surrendered"),
    "lawful": ("precursors_seized_mass", "drug_plants_seized", "drug_crop_area_eradicated"),
    "communication": ("communication_sessions", "press_articles"),
    "training": ("training_sessions", "officers_trained"),
    COMMENDATION: ("individuals_commended", "collectives_commended"),
}
"""Which of the figures that agencies confirm stand in which part."""
