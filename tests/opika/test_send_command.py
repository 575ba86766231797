"""``opika send`` and ``opika contact`` as a clerk meets them: a process, its words, its exit code."""

from __future__ import annotations

from opika.pipeline import actor
from tests.opika.post_office import CSS, REPLY, REQUEST, SCHOOL, PostOffice
from tests.opika.test_cli import Done, opika


def run(post: PostOffice, *words: object) -> Done:
    return opika("--config", post.folder / "pipeline.toml", *words)


def test_letters_are_shown_sent_and_no_longer_shown(post: PostOffice) -> None:
    shown = run(post, "send", "--list", "--json")
    assert (shown.code, [one["recipient"] for one in shown.json]) == (0, [SCHOOL, CSS])
    assert post.smtp.mails == []
    sent = run(post, "send", "--json")
    assert sent.code == 0
    assert sent.json[0] == {
        "id": REPLY,
        "index": sent.json[0]["index"],
        "state": "sent",
        "recipient": SCHOOL,
        "reason": None,
    }
    assert len(post.smtp.mails) == 2
    assert "немає" in run(post, "send").out


def test_a_named_letter_that_cannot_leave_is_a_failure(post: PostOffice) -> None:
    assert run(post, "send", REQUEST).code == 0
    again = run(post, "send", REQUEST)
    assert (again.code, "уже надіслано" in again.out) == (1, True)
    assert run(post, "send", 99).code == 1
    assert len(post.smtp.mails) == 1


def test_a_doubt_is_decided_with_a_reason(post: PostOffice) -> None:
    post.smtp.plan(("DOT", "drop"))
    doubt = run(post, "send", REQUEST)
    assert (doubt.code, "невідомо" in doubt.out) == (1, True)
    post.smtp.plan()
    assert "підставу" in run(post, "send", "--sent", REQUEST).err
    decided = run(post, "send", "--again", REQUEST, "--why", "Не отримали.", "--json")
    assert (decided.code, decided.json[0]["state"]) == (0, "sent")
    assert "нема чого вирішувати" in run(post, "send", "--sent", REQUEST, "--why", "x").err


def test_ways_that_exclude_each_other_are_wrong_usage(post: PostOffice) -> None:
    assert run(post, "send", REPLY, "--list").code == 2
    assert run(post, "send", "--to", CSS).code == 2
    assert run(post, "contact", "add", "a@example.org", "Назва", "--office", "none").code == 2


def test_an_address_is_added_but_not_confirmed_by_one_person(post: PostOffice) -> None:
    added = run(post, "contact", "add", "Nova@Example.org", "Нова школа", "--json")
    number = added.json["id"]
    refused = run(post, "contact", "confirm", number)
    assert refused.code == 1
    assert actor() in refused.err
    assert "інша особа" in refused.err
    listed = {one["email"]: one["state"] for one in run(post, "contact", "list", "--json").json}
    assert listed == {SCHOOL: "confirmed", "nova@example.org": "proposed"}
    assert run(post, "contact", "withdraw", number, "--why", "Помилка.").code == 0
    assert "nova@example.org" not in run(post, "contact", "list").out
    assert "вилучено" in run(post, "contact", "list", "--all").out


def test_a_strange_address_is_refused_in_words(post: PostOffice) -> None:
    refused = run(post, "contact", "add", "школа@example.org", "Школа")
    assert (refused.code, "латинськими" in refused.err) == (1, True)


def test_the_check_logs_in_to_the_server_for_outgoing_mail(post: PostOffice) -> None:
    def sending_lines() -> list[str | None]:
        lines = run(post, "check", "--json").json
        return [line["mend"] for line in lines if line["what"].startswith("Надсилання")]

    assert sending_lines() == [None, None]
    (post.folder / "box.secret").write_text("wrong")
    assert all("accounts.ukr.net" in str(mend) for mend in sending_lines())
    assert post.smtp.mails == []
