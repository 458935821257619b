#include "files/filekind.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <array>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FileKind)
};

ApiError refusal(const QString &code, const QString &message, const QString &hint)
{
    return {ErrorKind::File, 0, code, message, hint, {}};
}

/// What is at a path that is not an ordinary file; empty when it is one.
std::optional<ApiError> notAFile(const QFileInfo &info, const QString &path)
{
    const QString choose = Words::tr("Choose a CSV or Excel file.");
    if (info.isSymLink() && !info.exists())
        return refusal(QStringLiteral("file.link"), Words::tr("“%1” is a link that leads nowhere.").arg(path), choose);
    if (!info.exists())
        return refusal(QStringLiteral("file.missing"), Words::tr("There is no file “%1”.").arg(path),
                       Words::tr("Check the name, and whether its drive is connected."));
    if (info.isDir())
        return refusal(QStringLiteral("file.directory"), Words::tr("“%1” is a folder, not a file.").arg(path), choose);
    if (!info.isFile())
        return refusal(QStringLiteral("file.device"), Words::tr("“%1” is a pipe or a device, not a file.").arg(path),
                       Words::tr("Save its content to a file and choose that file."));
    if (!info.isReadable())
        return refusal(QStringLiteral("file.permission"), Words::tr("There is no permission to read “%1”.").arg(path),
                       Words::tr("Ask its owner for access, or copy it to a folder of yours."));
    return std::nullopt;
}

struct Magic
{
    QByteArrayView bytes;
    FileKind kind;
};

constexpr std::array magics{
    Magic{"%PDF-", FileKind::Pdf},         Magic{"\x1f\x8b", FileKind::Gzip},
    Magic{"PAR1", FileKind::Parquet},      Magic{"SQLite format 3\0", FileKind::Sqlite},
    Magic{"\x89PNG\r\n", FileKind::Image}, Magic{"\xff\xd8\xff", FileKind::Image},
    Magic{"GIF8", FileKind::Image},
};

/// The streams of an old Office container are named in UTF-16 in its directory.
FileKind kindOfOle(QFile &file, const QByteArray &head)
{
    const auto byte = [&head](int at) { return static_cast<quint32>(static_cast<uchar>(head.at(at))); };
    if (head.size() < 52)
        return FileKind::OldOffice;
    const quint32 shift = std::min(byte(30) | byte(31) << 8, 16U);
    const qint64 sector = byte(48) | byte(49) << 8 | byte(50) << 16 | byte(51) << 24;
    QByteArray directory;
    if (file.seek((sector + 1) << shift))
        directory = file.read(4096);
    const auto names = [&directory](QStringView name) {
        return directory.contains(QByteArrayView(reinterpret_cast<const char *>(name.utf16()), name.size() * 2));
    };
    if (names(u"EncryptedPackage"))
        return FileKind::EncryptedXlsx;
    return names(u"Workbook") || names(u"Book") ? FileKind::Xls : FileKind::OldOffice;
}

/// The names of a ZIP archive's entries are at its end.
FileKind kindOfZip(QFile &file, const QByteArray &head)
{
    if (head.contains("application/vnd.oasis.opendocument.spreadsheet"))
        return FileKind::Ods;
    constexpr qint64 tailSize = 256 * 1024;
    QByteArray tail;
    if (file.seek(std::max<qint64>(0, file.size() - tailSize)))
        tail = file.read(tailSize);
    // Names are at the end; where they have no folder "xl", the workbook's own name is still there.
    const QByteArray names = (head + tail).toLower().replace('\\', '/');
    const bool isPackage = names.contains("[content_types].xml") || names.contains("_rels/.rels");
    const bool isWorkbook = names.contains("xl/") || names.contains("/workbook.xml");
    return isPackage && isWorkbook ? FileKind::Xlsx : FileKind::Zip;
}

FileKind kindOfText(const QByteArray &head)
{
    QByteArray start = head.startsWith("\xef\xbb\xbf") ? head.mid(3) : head;
    start = start.trimmed().toLower();
    if (head == "\xef\xbb\xbf" || head == "\xff\xfe" || head == "\xfe\xff")
        return FileKind::Empty;
    if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<table"))
        return FileKind::Html;
    if (start.startsWith("<?xml"))
        return start.contains("<html") ? FileKind::Html : FileKind::SpreadsheetXml;
    if (start.startsWith("{\"") || start.startsWith("[{"))
        return FileKind::Json;
    return FileKind::Text;
}

FileKind kindOf(QFile &file, const QByteArray &head)
{
    if (head.isEmpty())
        return FileKind::Empty;
    for (const Magic &magic : magics) {
        if (head.startsWith(magic.bytes))
            return magic.kind;
    }
    if (head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
        return kindOfOle(file, head);
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return kindOfZip(file, head);
    return kindOfText(head);
}

} // namespace

Result<FileFacts> lookAtFile(const QString &path)
{
    const QFileInfo info(path);
    if (auto no = notAFile(info, path))
        return *no;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return refusal(QStringLiteral("file.open"),
                       Words::tr("“%1” could not be opened: %2").arg(path, file.errorString()),
                       Words::tr("Nothing was read. Check the file and try again."));
    const QByteArray head = file.read(8192);
    if (file.error() != QFileDevice::NoError)
        return refusal(QStringLiteral("file.read"),
                       Words::tr("“%1” could not be read: %2").arg(path, file.errorString()),
                       Words::tr("Nothing was read. Check the file and its drive, then try again."));
    if (info.size() == 0 && !head.isEmpty())
        return refusal(QStringLiteral("file.device"),
                       Words::tr("“%1” is made by the system while it is read; it is not a stored file.").arg(path),
                       Words::tr("Save its content to a file and choose that file."));
    return FileFacts{kindOf(file, head), info.size(), info.lastModified()};
}

namespace {

struct KindWords
{
    FileKind kind;
    QLatin1StringView code;
    const char *is;
    const char *hint;
};

const char *const saveAsXlsx =
    QT_TRANSLATE_NOOP("FileKind", "Open it in a spreadsheet program and save it as .xlsx or .csv.");

const std::array kindWords{
    KindWords{
        FileKind::EncryptedXlsx, QLatin1StringView("file.encrypted"),
        QT_TRANSLATE_NOOP("FileKind", "“%1” is an Excel workbook that is protected with a password."),
        QT_TRANSLATE_NOOP("FileKind",
                          "Open it in a spreadsheet program, save a copy without a password, and choose the copy.")},
    KindWords{FileKind::Xls, QLatin1StringView("file.xls"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is an Excel workbook of the old kind (.xls)."), saveAsXlsx},
    KindWords{FileKind::Ods, QLatin1StringView("file.ods"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is an OpenDocument spreadsheet (.ods)."), saveAsXlsx},
    KindWords{FileKind::OldOffice, QLatin1StringView("file.office"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is an old Office document, not a table."), saveAsXlsx},
    KindWords{FileKind::Zip, QLatin1StringView("file.zip"), QT_TRANSLATE_NOOP("FileKind", "“%1” is a ZIP archive."),
              QT_TRANSLATE_NOOP("FileKind", "Unpack it and choose the CSV or Excel file in it.")},
    KindWords{FileKind::Gzip, QLatin1StringView("file.gzip"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is compressed with gzip."),
              QT_TRANSLATE_NOOP("FileKind", "Unpack it and choose the file in it.")},
    KindWords{FileKind::Pdf, QLatin1StringView("file.pdf"), QT_TRANSLATE_NOOP("FileKind", "“%1” is a PDF document."),
              QT_TRANSLATE_NOOP("FileKind", "Export the table as CSV or Excel from the program that made the PDF.")},
    KindWords{FileKind::Html, QLatin1StringView("file.html"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is a web page (HTML), whatever its name says."), saveAsXlsx},
    KindWords{FileKind::SpreadsheetXml, QLatin1StringView("file.xml"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is an XML document."), saveAsXlsx},
    KindWords{FileKind::Json, QLatin1StringView("file.json"), QT_TRANSLATE_NOOP("FileKind", "“%1” is a JSON document."),
              QT_TRANSLATE_NOOP("FileKind", "Convert it to CSV, with one line for each row.")},
    KindWords{FileKind::Parquet, QLatin1StringView("file.parquet"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is a Parquet file."),
              QT_TRANSLATE_NOOP("FileKind", "Convert it to CSV, with one line for each row.")},
    KindWords{FileKind::Sqlite, QLatin1StringView("file.sqlite"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is an SQLite database."),
              QT_TRANSLATE_NOOP("FileKind", "Export the table that you need as CSV.")},
    KindWords{FileKind::Image, QLatin1StringView("file.image"), QT_TRANSLATE_NOOP("FileKind", "“%1” is a picture."),
              QT_TRANSLATE_NOOP("FileKind", "Choose a CSV or Excel file.")},
    KindWords{FileKind::Empty, QLatin1StringView("file.empty"),
              QT_TRANSLATE_NOOP("FileKind", "“%1” is empty: it has no rows."),
              QT_TRANSLATE_NOOP("FileKind", "Check whether the program that wrote it had finished.")},
};

} // namespace

std::optional<ApiError> refusalOf(FileKind kind, const QString &path)
{
    for (const KindWords &words : kindWords) {
        if (words.kind == kind)
            return refusal(words.code, Words::tr(words.is).arg(QFileInfo(path).fileName()), Words::tr(words.hint));
    }
    return std::nullopt;
}

} // namespace rowdesk
