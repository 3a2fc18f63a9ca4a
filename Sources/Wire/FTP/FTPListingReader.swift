package import Domain

/// Reads what LIST (RFC 959 4.1.3) or MLSD (RFC 3659 7) sent, in whatever pieces it comes.
///
/// Names are bytes as they came. Where rows end with CR and LF, a lone LF belongs to a name, unless what follows it is a row
/// of its own. A row in no known form is counted in the entries' `unread`, and the listing is then not whole. Symbolic links
/// are entries of their own kind until ``ListedEntries/settle(_:as:size:modified:)`` says what they lead to.
package struct FTPListingReader: Sendable {
    /// Longer rows are counted as unread.
    package static let maximumRow = 32 * 1024
    /// Rows beyond this are left out, and the listing is not whole.
    package static let maximumRows = 2_000_000

    /// What came since the last line feed.
    private var line: [UInt8] = []
    private var isSkipping = false
    /// Whether rows end with CR and LF: as one did.
    private var endsInCR = false
    /// A line that ended with LF alone where rows end with CR and LF: the beginning of a name with a line feed.
    private var held: [UInt8]?
    private var entries = ListedEntries(text: PackedText())
    private var form: FTPRow.Form?
    private var isCut = false
    /// The system whose listings look like this one, and that is not read.
    package private(set) var foreign: String?

    /// `latest` is when the listing was fetched: a date without a year is the last one before it.
    package init(fetched latest: Timestamp) {
        entries.latest = latest
    }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        var start = 0
        while let feed = bytes[start...].firstIndex(of: 0x0a) {
            if line.isEmpty, !isSkipping {
                end(bytes[start..<feed])
            } else {
                append(bytes[start..<feed])
                endLine()
            }
            start = feed + 1
        }
        append(bytes[start...])
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isSkipping else { return }
        line += bytes
        guard line.count > Self.maximumRow else { return }
        isSkipping = true
        line = []
    }

    private mutating func endLine() {
        let whole = line
        line = []
        if isSkipping { entries.unread += 1 } else { end(whole[...]) }
        isSkipping = false
    }

    private mutating func end(_ line: ArraySlice<UInt8>) {
        guard line.count <= Self.maximumRow else {
            entries.unread += 1
            return
        }
        let hasCR = line.last == 0x0d
        endsInCR = endsInCR || hasCR
        let plain = hasCR ? line.dropLast() : line
        guard held == nil, hasCR || !endsInCR else { return endHeld(plain, hasCR) }
        take(plain)
    }

    private mutating func endHeld(_ line: ArraySlice<UInt8>, _ hasCR: Bool) {
        var row = Array(line)
        if let first = held {
            held = nil
            if FTPRow(line) != nil {
                // Either this is a row of its own, or a name looks like one: nobody can tell.
                entries.unread += 1
                take(first[...])
            } else {
                row = first + [0x0a] + row
            }
        }
        guard row.count <= Self.maximumRow else {
            entries.unread += 1
            return
        }
        if hasCR { take(row[...]) } else { held = row }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        guard !line.isEmpty else { return }
        guard let row = FTPRow(line) else {
            if form == nil { foreign = foreign ?? FTPRow.foreignSystem(line) }
            entries.unread += 1
            return
        }
        if row.kind == .none {
            // What only says that rows follow does not say in which form.
            if row.form != .unix { form = form ?? row.form }
            return
        }
        form = form ?? row.form
        guard row.form == form, entries.packed.count < Self.maximumRows else {
            isCut = isCut || entries.packed.count >= Self.maximumRows
            entries.unread += 1
            return
        }
        add(row)
    }

    private mutating func add(_ row: FTPRow) {
        let kind: ListedEntries.Kind
        switch row.kind {
        case .folder: kind = .folder
        case .file: kind = .file
        case .link: kind = .link
        case .other, .none:
            entries.others += 1
            return
        }
        entries.packed.append(
            ListedEntries.Packed(
                // A slash in a name makes no path of it.
                reference: entries.text.append([UInt8](percentEncoding: row.name, keepingSlashes: false)),
                columns: entries.text.append(row.columns),
                mark: entries.text.append(row.mark),
                kind: kind
            )
        )
    }

    /// Rows so far, understood or not, those left out that nobody could read.
    package var rowCount: Int { entries.packed.count + entries.others + entries.unread }

    /// What was listed; nil where there were rows and none of them was understood. Nothing at all is an empty folder: that
    /// the listing is whole must be known from elsewhere. Where it `wasCut`, a last row without its end is half of one.
    package mutating func finishReading(wasCut: Bool = false) -> ListingReading? {
        if !line.isEmpty || isSkipping {
            isCut = true
            isSkipping = isSkipping || wasCut
            endLine()
        }
        if let rest = held {
            held = nil
            take(rest[...])
        }
        guard form != nil || entries.unread == 0 else { return nil }
        return ListingReading(
            format: form?.rawValue ?? "ftp",
            isExhaustive: true,
            isWhole: entries.unread == 0 && !isCut && !entries.text.isFull,
            entries: entries
        )
    }
}
