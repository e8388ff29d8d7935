import pytest

from offices.addresses import Printing, point_address, printing, reachable_by_phones


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000", "http://127.1", "http://localhost:8000", "http://LOCALHOST", "http://localhost.",
        "http://sukma.localhost", "http://localhost.localdomain", "http://0.0.0.0:8000", "http://0", "http://[::1]:8000",
        "http://[::]", "http://[::ffff:127.0.0.1]", "http://169.254.3.4", "http://[fe80::1]", "http://2130706433", "http://",
    ],
)  # fmt: skip
def test_phones_cannot_reach_the_machine_itself(url: str) -> None:
    assert not reachable_by_phones(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.168.1.10:8000", "http://10.0.0.5", "https://sukma.mumbulsari.jemberkab.go.id", "http://pelayanan.local",
        "http://[2001:db8::1]", "http://1270.example",
    ],
)  # fmt: skip
def test_phones_reach_the_offices_network_and_the_internet(url: str) -> None:
    assert reachable_by_phones(url)


def test_a_code_holds_the_address_and_the_point_alone() -> None:
    assert point_address("https://sukma.example", "MBS-7K2Q9D") == "https://sukma.example/t/MBS-7K2Q9D"


@pytest.mark.parametrize(
    ("now", "printed", "state"),
    [
        ("http://127.0.0.1:8000", None, Printing.UNREACHABLE),
        ("http://127.0.0.1:8000", "https://lama.example", Printing.UNREACHABLE),
        ("https://baru.example", None, Printing.READY),
        ("https://baru.example", "https://baru.example", Printing.READY),
        ("https://baru.example", "https://lama.example", Printing.CHANGED),
    ],
)
def test_posters_are_printed_with_one_address_that_phones_reach(now: str, printed: str | None, state: Printing) -> None:
    assert printing(now, printed) is state
