"""Texts of our own for builds in parts: some that tell one event, some that tell each its own, in two languages."""

from pathlib import Path

GATES = ("Tra Linh", "Ta Lung", "Huu Nghi", "Mong Cai")
PROVINCES = ("Cao Bang", "Lang Son", "Quang Ninh", "Lao Cai")


def write_texts(folder: Path, first: int, last: int) -> list[Path]:
    """Texts number `first` up to `last`; every third tells what the third before it tells, and every fifth is in Vietnamese."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for k in range(first, last):
        path = folder / f"{k:03d}.txt"
        path.write_text(_text(k), encoding="utf-8")
        written.append(path)
    return written


def _text(k: int) -> str:
    told = k if k % 3 else k - 3
    day, month = 1 + told % 27, 1 + told % 12
    gate, province, other = GATES[told % 4], PROVINCES[told % 4], PROVINCES[(told + 1) % 4]
    if k % 5 == 4:
        return (
            f"Sáng {day}/{month}/2024, lãnh đạo tỉnh {province} đã tiếp đoàn đại biểu tỉnh Quảng Tây tại cửa khẩu {gate}.\n\n"
            f"Văn bản số {k}. Ngày {day}/{month}/2023, hội nghị thường niên giữa {province} và {other} đã được tổ chức.\n"
        )
    series = f"the {10 + told % 5}th Meeting of the Joint Working Committee" if k % 4 == 0 else "a border trade fair"
    return (
        f"On {day}.{month}.2024 the international border gate of {gate} in {province} was opened, report {k} says.\n\n"
        f"The chairmen of {province} and {other} met on {day + 1}.{month}.2024 in Nanning. {series} was held on {day}.{month}.2022.\n\n"
        f"The border gate of {gate} was upgraded.\n"
    )
