"""Every error that Opika raises by name.

An exception means that a step could not be done. Bad *data* is no exception: it is a result with
its reason (a form's ``review`` list, a disposition ``triage``). ``clerk_message`` is what a clerk
reads, in Ukrainian, and says what to do; ``str(error)`` is for the log and holds no person's data.
"""

from __future__ import annotations


class OpikaError(Exception):
    """The root of our errors.

    Attributes:
        retryable: whether the same step may succeed later without anybody's help.
        clerk_message: what a clerk reads: what is wrong and what to do next.
    """

    retryable = False
    clerk_message = "Не вдалося виконати дію. Зверніться до адміністратора."

    def __init__(self, detail: str = "", *, clerk_message: str | None = None) -> None:
        super().__init__(detail or type(self).__name__)
        if clerk_message is not None:
            self.clerk_message = clerk_message


class ConfigError(OpikaError):
    """The configuration cannot be used; the message lists every fault with its key and line."""

    clerk_message = "Файл налаштувань містить помилки."


class BadValueError(OpikaError, ValueError):
    """A rule was asked with a value that it does not know; names the value and what is allowed."""

    clerk_message = "Значення не прийнято: перевірте введене."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail, clerk_message=detail or None)


class FileError(OpikaError):
    """A file that arrived cannot be read; ``reason`` is the contract's word for triage."""

    reason = "unreadable"
    clerk_message = "Файл не вдалося прочитати. Відкрийте оригінал і внесіть дані вручну."


class UnreadableFileError(FileError):
    """The bytes are damaged, empty, or of a kind that no reader takes."""


class EncryptedFileError(FileError):
    """The file is protected by a password."""

    reason = "encrypted"
    clerk_message = "Файл захищено паролем. Попросіть відправника надіслати його без пароля."


class TooLargeFileError(FileError):
    """The file, or what it unpacks to, passes a limit of the configuration."""

    reason = "too large"
    clerk_message = "Файл завеликий для автоматичного читання. Відкрийте оригінал вручну."


class HostileFileError(FileError):
    """The file makes its reader crash, hang or use up its memory."""

    reason = "hostile"
    clerk_message = (
        "Файл небезпечний або пошкоджений: читання зупинено. Не відкривайте його; "
        "зверніться до адміністратора."
    )


class SourceUnavailableError(OpikaError):
    """A mailbox or a folder could not be reached; it is tried again later."""

    retryable = True
    clerk_message = "Джерело недоступне. Opika спробує ще раз сама."


class PartlyUnavailableError(SourceUnavailableError):
    """A source gave everything but a part that it withholds; it is looked at as usual."""


class LoginRefusedError(SourceUnavailableError):
    """The mail server refused the user name or the password."""

    clerk_message = (
        "Поштовий сервер не прийняв ім’я користувача або пароль. Для ukr.net потрібен окремий "
        "«пароль для зовнішніх програм» (accounts.ukr.net → «Безпека»)."
    )


class MailNotSentError(OpikaError):
    """A mail did not leave; that is certain.

    Attributes:
        code: what the server answered (``451 4.7.1``), "" where it said nothing.
    """

    clerk_message = "Лист не надіслано."

    def __init__(
        self, detail: str = "", *, code: str = "", clerk_message: str | None = None
    ) -> None:
        super().__init__(detail, clerk_message=clerk_message)
        self.code = code


class MailPutOffError(MailNotSentError):
    """The server is away or says «not now»: the mail may be given to it later."""

    retryable = True
    clerk_message = "Лист ще не надіслано: поштовий сервер тимчасово його не приймає."


class MailRefusedError(MailNotSentError):
    """The server will not take this mail: nothing is gained by trying again."""

    clerk_message = "Поштовий сервер відмовився прийняти лист."


class MailDoubtError(OpikaError):
    """The server has the whole mail, and its answer was lost: nobody knows whether it took it."""

    clerk_message = "Невідомо, чи лист надіслано: зв’язок обірвався, коли сервер його приймав."


class StorageError(OpikaError):
    """The disk is full or cannot be written to."""

    retryable = True
    clerk_message = "На диск не вдалося записати (можливо, він заповнений). Звільніть місце."


class NotAllowedError(OpikaError):
    """The role of who asks does not allow it; the message says whose role does."""

    clerk_message = "Ваша роль не дозволяє цієї дії."


class JournalError(OpikaError):
    """The journal refuses what was asked of it."""

    clerk_message = "Журнал не дозволяє цієї дії."


class NotFoundError(JournalError):
    """There is no entry, document or file under the number that was given."""

    clerk_message = "Запису з таким номером немає."


class ClosedYearError(JournalError):
    """The register of that year is closed: it gives out no number, and none of it becomes void."""


class JournalBusyError(JournalError):
    """Another process holds the journal for longer than the time that we wait."""

    retryable = True
    clerk_message = "Журнал зайнятий іншою дією. Повторіть за хвилину."


class TemplateError(OpikaError):
    """A template is damaged or asks for a value that does not exist; names template and place."""

    clerk_message = "Шаблон документа містить помилку."


class MissingValueError(OpikaError):
    """A document needs a value that its card does not have; names the value."""

    clerk_message = "Для документа бракує обов’язкового значення."


class ConversionError(OpikaError):
    """LibreOffice did not turn a DOCX into a PDF."""

    retryable = True
    clerk_message = "Не вдалося створити PDF. DOCX збережено; Opika спробує ще раз."


class BackupError(OpikaError):
    """A backup cannot be made, or nothing can be restored from it; the message says why."""

    clerk_message = "Резервну копію не створено. Зверніться до адміністратора."
