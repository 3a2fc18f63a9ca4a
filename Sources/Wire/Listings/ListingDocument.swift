/// A listing that comes as data: records with named fields, whatever JSON or XML they were written in.
///
/// Only fields that a format asks for are kept, and packed, so that a million records stay small.
package struct ListingDocument: Sendable {
    package enum Form: Hashable, Sendable {
        case json
        case xml
    }

    /// A field that is kept. The raw value is the name in the document, in XML without prefix and lower-case.
    package enum Field: String, CaseIterable, Hashable, Sendable {
        case name, type, mtime, size, url, href, sz, ts, kind, path, key, prefix, status, code, total, message, title
        case collection, getcontentlength, getlastmodified, displayname, modified, date, time, filename, relative, base
        case lastmodified, delimiter, istruncated, marker, nextmarker, nextcontinuationtoken, encodingtype, isdir
        case modTime = "mod_time"
        case isDirectory = "is_dir"
        case pathType = "path_type"
        case isFolder
        case urlName = "urlencodedname"
        case modifyTime, isFile, length, bytes, updated, etag, getetag, sign
    }

    struct Record: Sendable {
        /// The name of the array or element that it stands in, empty for the outermost array.
        var place: UInt16
        var first: UInt32
        var count: UInt16
    }

    struct Value: Sendable {
        var field: Field
        var isText: Bool
        var run: PackedText.Run
    }

    /// Records beyond this are dropped and ``isCut`` is set.
    package static let maximumRecords = 2_000_000
    static let maximumValues = 16_000_000
    static let maximumValuesOfRecord = 32
    /// Bytes of one value.
    static let maximumLength = 16 * 1024
    private static let maximumPlaces = 256

    package let form: Form
    /// The name of the outermost element, empty for JSON.
    package internal(set) var root = ""
    /// The names of members of the outermost object, the first 64.
    package internal(set) var members: Set<String> = []
    package internal(set) var isWhole = false
    package internal(set) var isCut = false

    var text = PackedText()
    var records: [Record] = []
    private var values: [Value] = []
    private var places: [String] = [""]
    /// Values that stand in no record, the first of each name.
    private var rootValues: [Field: [UInt8]] = [:]

    init(_ form: Form) {
        self.form = form
    }

    func place(of record: Record) -> String { places[Int(record.place)] }

    /// A field of the document itself.
    func value(_ field: Field) -> [UInt8]? { rootValues[field] }

    func word(_ field: Field) -> String? { rootValues[field].map { String(decoding: $0, as: UTF8.self) } }

    private func values(of record: Record) -> ArraySlice<Value> {
        values[Int(record.first)..<Int(record.first) + Int(record.count)]
    }

    /// The first field of that name, and whether it was a string.
    func run(_ field: Field, of record: Record) -> PackedText.Run? {
        values(of: record).first { $0.field == field }?.run
    }

    func bytes(_ field: Field, of record: Record) -> ArraySlice<UInt8>? { run(field, of: record).map { text[$0] } }

    func word(_ field: Field, of record: Record) -> String? {
        bytes(field, of: record).map { String(decoding: $0.prefix(256), as: UTF8.self) }
    }

    func number(_ field: Field, of record: Record) -> Int64? { word(field, of: record).flatMap { Int64($0) } }

    /// Whether the field is `true`, or a number that is not 0.
    func isTrue(_ field: Field, of record: Record) -> Bool? {
        switch word(field, of: record) {
        case nil, "null": nil
        case "true", "1": true
        default: false
        }
    }

    mutating func beginRecord(in place: String) -> Bool {
        guard records.count < Self.maximumRecords, values.count < Self.maximumValues else {
            isCut = true
            return false
        }
        records.append(Record(place: number(of: place), first: UInt32(values.count), count: 0))
        return true
    }

    private mutating func number(of place: String) -> UInt16 {
        if let known = places.lastIndex(of: place) { return UInt16(known) }
        guard places.count < Self.maximumPlaces else { return 0 }
        places.append(place)
        return UInt16(places.count - 1)
    }

    /// Adds to the record begun last.
    mutating func add(_ field: Field, _ value: [UInt8], isText: Bool) {
        guard let last = records.indices.last, records[last].count < Self.maximumValuesOfRecord else { return }
        isCut = isCut || value.count > Self.maximumLength
        values.append(Value(field: field, isText: isText, run: text.append(value.prefix(Self.maximumLength))))
        records[last].count += 1
        isCut = isCut || text.isFull
    }

    mutating func addToRoot(_ field: Field, _ value: [UInt8]) {
        if rootValues[field] == nil { rootValues[field] = Array(value.prefix(Self.maximumLength)) }
    }

    mutating func addMember(_ name: [UInt8]) {
        if members.count < 64 { members.insert(String(decoding: name.prefix(64), as: UTF8.self)) }
    }

    /// Drops the last record where `condition` holds.
    mutating func dropLastRecord() {
        guard let last = records.popLast() else { return }
        values.removeSubrange(Int(last.first)...)
    }
}
