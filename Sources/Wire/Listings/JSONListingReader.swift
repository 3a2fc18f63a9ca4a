/// Makes records of a JSON text: every object that stands in an array is one; what stands in no array is the document's.
struct JSONListingReader: Sendable {
    private(set) var document = ListingDocument(.json)
    private var tokenizer = JSONTokenizer()

    private enum Container {
        case array(name: String)
        /// An object of no array: its fields are the document's.
        case object
        case record
        /// Something within a record, which is passed over.
        case part
    }

    private var open: [Container] = []
    private var key: [UInt8] = []
    /// Whether the record that is open is kept.
    private var isKept = false

    var isComplete: Bool { tokenizer.isComplete && !tokenizer.isBroken }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for token in tokenizer.feed(bytes) { take(token) }
    }

    /// Bytes read by ``feed(untilComplete:)``.
    private(set) var count = 0

    /// Reads no further than to the end of the outermost value: what follows need be no JSON.
    mutating func feed(untilComplete bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            guard !tokenizer.isComplete, !tokenizer.isBroken else { return }
            feed(CollectionOfOne(byte))
            count += 1
        }
    }

    mutating func finish() -> ListingDocument? {
        document.isWhole = isComplete
        document.isCut = document.isCut || tokenizer.isCut
        return tokenizer.isBroken ? nil : document
    }

    private mutating func take(_ token: JSONToken) {
        switch token {
        case .beginObject: beginObject()
        case .beginArray:
            let isWithin = isInRecord
            open.append(isWithin ? .part : .array(name: String(decoding: key.prefix(64), as: UTF8.self)))
            key = []
        case .endObject, .endArray: _ = open.popLast()
        case .key(let name):
            key = name
            if open.count == 1, case .object = open[0] { document.addMember(name) }
        case .string(let value): add(value, isText: true)
        case .literal(let value): add(value, isText: false)
        }
    }

    private var isInRecord: Bool {
        switch open.last {
        case .record, .part: true
        default: false
        }
    }

    private mutating func beginObject() {
        switch open.last {
        case .array(let name):
            isKept = document.beginRecord(in: name)
            open.append(.record)
        case .record, .part: open.append(.part)
        case .object, nil: open.append(.object)
        }
    }

    private mutating func add(_ value: [UInt8], isText: Bool) {
        guard let field = ListingDocument.Field(rawValue: String(decoding: key.prefix(32), as: UTF8.self)) else {
            return
        }
        switch open.last {
        case .record: if isKept { document.add(field, value, isText: isText) }
        case .object: document.addToRoot(field, value)
        default: break
        }
    }
}
