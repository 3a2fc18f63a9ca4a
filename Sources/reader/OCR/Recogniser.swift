import CTesseract
import Domain
import Glibc

/// tesseract with one language, kept for the life of the process.
final class Recogniser {
    /// tesseract's name of the language: `chi_sim`, `kor`, `eng`.
    let language: String
    let tool: Tool
    private let handle: OpaquePointer

    /// Reads the model from the disk, so before confinement; nil where it is not installed.
    init?(_ language: String) {
        guard let handle = TessBaseAPICreate() else { return nil }
        // 1 is the LSTM engine alone.
        guard TessBaseAPIInit2(handle, nil, language, OEM_LSTM_ONLY) == 0 else {
            TessBaseAPIDelete(handle)
            return nil
        }
        self.handle = handle
        self.language = language
        TessBaseAPISetPageSegMode(handle, PSM_SINGLE_LINE)
        TessBaseAPISetVariable(handle, "tessedit_do_invert", "0")
        let folder = TessBaseAPIGetDatapath(handle).map { String(cString: $0) } ?? ""
        let data = Model.version(of: "\(folder)/\(language).traineddata")
        tool = Tool(name: "tesseract \(language)", version: "\(String(cString: TessVersion())) data \(data)")
    }

    deinit {
        TessBaseAPIEnd(handle)
        TessBaseAPIDelete(handle)
    }

    /// What a line says, with the place of each sign. Signs beyond 500 are not looked at.
    func read(_ line: Pixels) -> RecognisedLine {
        TessBaseAPISetImage2(handle, line.pointer)
        TessBaseAPISetSourceResolution(handle, 300)
        guard TessBaseAPIRecognize(handle, nil) == 0, let whole = TessBaseAPIGetUTF8Text(handle),
            let iterator = TessBaseAPIGetIterator(handle)
        else { return RecognisedLine(signs: [], confidence: 0) }
        defer {
            TessDeleteText(whole)
            TessResultIteratorDelete(iterator)
            TessBaseAPIClear(handle)
        }
        let pages = TessResultIteratorGetPageIteratorConst(iterator)
        var signs: [Sign] = []
        repeat {
            guard let raw = TessResultIteratorGetUTF8Text(iterator, RIL_SYMBOL) else { continue }
            defer { TessDeleteText(raw) }
            var (left, top, right, bottom): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
            guard TessPageIteratorBoundingBox(pages, RIL_SYMBOL, &left, &top, &right, &bottom) != 0 else { continue }
            signs.append(Sign(text: String(cString: raw), left: Int(left), right: Int(right), startsWord: false))
        } while signs.count < 500 && TessResultIteratorNext(iterator, RIL_SYMBOL) != 0
        markWords(&signs, in: String(cString: whole))
        return RecognisedLine(signs: signs, confidence: Int(TessBaseAPIMeanTextConf(handle)))
    }
}

/// Marks the signs before which the text has a space: what tesseract calls words are pieces of words in Korean.
private func markWords(_ signs: inout [Sign], in text: String) {
    var rest = text[...]
    for index in signs.indices {
        let trimmed = rest.drop { $0.isWhitespace }
        guard trimmed.hasPrefix(signs[index].text) else { return }
        signs[index].startsWord = trimmed.startIndex > rest.startIndex
        rest = trimmed.dropFirst(signs[index].text.count)
    }
}

/// What a recogniser made of one line.
struct RecognisedLine {
    var signs: [Sign]
    /// tesseract's mean confidence, 0 to 100.
    var confidence: Int

    /// With the spaces that tesseract saw.
    var text: String { signs.map { ($0.startsWord ? " " : "") + $0.text }.joined() }
}

/// One sign of a recognised line.
struct Sign {
    var text: String
    /// From the left edge of the line's picture, in pixels.
    var left: Int
    var right: Int
    var startsWord: Bool
}

/// The version that a model file states of itself.
enum Model {
    static func version(of path: String) -> String {
        guard let file = fopen(path, "rb") else { return "unknown" }
        defer { fclose(file) }
        // A count, then the offsets of up to 24 parts; the last part is the version.
        var head = [UInt8](repeating: 0, count: 4 + 24 * 8)
        guard fread(&head, 1, head.count, file) == head.count, head[0] == 24 else { return "unknown" }
        let offset = head.suffix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard offset > 0, fseek(file, offset, SEEK_SET) == 0 else { return "unknown" }
        var text = [UInt8](repeating: 0, count: 80)
        let count = fread(&text, 1, text.count, file)
        return String(
            decoding: text[..<count].prefix { $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "[") },
            as: UTF8.self
        )
    }
}

/// The recognisers that are installed.
struct Recognisers {
    let all: [Recogniser]

    static func open() -> Recognisers {
        Recognisers(all: ["chi_sim", "kor", "eng"].compactMap(Recogniser.init))
    }

    subscript(language: String) -> Recogniser? {
        all.first { $0.language == language }
    }
}
