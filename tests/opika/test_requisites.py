"""To whom letters go: as the configuration says it, else in the dative by the rules."""

from opika.config import Office as OfficeTable
from opika.config import Partner
from opika.requisites import directory
from tests.opika.office import Office


def test_a_body_is_written_to_in_the_dative(office: Office) -> None:
    with office.open() as pipeline:
        config = pipeline.config.model_copy(
            update={
                "office": (OfficeTable(key="ssd", name="Служба у справах дітей"),),
                "partner": (
                    Partner(key="vpd", kind="police", name="Вигаданий відділ поліції № 1"),
                    Partner(key="lic", name="Ліцей", name_dative="Ліцею імені Вигаданого"),
                    Partner(key="odd", name="Пеппі-Лонг Бюро"),
                ),
            }
        )
        lines = {one.key: one.addressee.lines[0] for one in directory(config, {}).bodies}
    assert lines["ssd"] == "Службі у справах дітей"
    assert lines["vpd"] == "Вигаданому відділу поліції № 1"
    assert lines["lic"] == "Ліцею імені Вигаданого"
    assert lines["odd"].startswith("Пеппі-Лонг Бюро [? перевірте давальний відмінок")
