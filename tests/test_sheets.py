"""The data sheets of cards: dense rates, as two independent sheets say."""

from __future__ import annotations

from core.sheets import A100, H100, SHEETS, T4


def test_the_a100() -> None:
    """The one of 80 GB on SXM: 19.5, 156 and 312 TFLOPS, 2,039 GB/s."""
    assert A100.rates == {"fp32": 19.5e12, "tf32": 156e12, "bf16": 312e12}
    assert (A100.bandwidth, A100.memory) == (2_039e9, 80e9)


def test_the_h100_is_dense() -> None:
    """Half of what the sheet prints with sparsity (1,979), 3.35 TB/s: 295 operations a byte where both take as long."""
    assert H100.rates == {"fp32": 66.9e12, "tf32": 494.7e12, "bf16": 989.4e12}
    assert round(2 * H100.rates["bf16"] / 1e12) == 1_979
    assert round(H100.rates["bf16"] / H100.bandwidth) == 295


def test_each_names_its_source_with_its_year_and_what_it_calls_a_precision() -> None:
    """No number without where and when it was printed; the T4 has no TF32, and at 16 bits FP16."""
    for sheet in SHEETS.values():
        assert any(str(year) in sheet.source for year in range(2018, 2027))
        assert set(sheet.kinds) == set(sheet.rates)
    assert T4.kinds == {"fp32": "FP32", "bf16": "FP16"}
