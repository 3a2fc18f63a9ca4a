package import Domain

/// What a page was read as, before its entries are held against a folder.
package struct ListingReading: Sendable {
    /// The name of the format that recognised the page.
    package var format: String
    /// See ``ListingFormat/isExhaustive``.
    package var isExhaustive: Bool
    /// Whether the page's end was seen.
    package var isWhole: Bool
    package var entries: ListedEntries

    /// Whether the page's end was seen, and the server does not say that there is more.
    package var isComplete: Bool { isWhole && !entries.isPart }
}

/// Reads a page as a listing, in whatever pieces it comes: HTML, XML or JSON, told by its first bytes.
package struct ListingReader: Sendable {
    /// What a page's media type may be; anything else is told by its bytes.
    package enum Form: Hashable, Sendable {
        case markup
        case json
    }

    private enum State: Sendable {
        /// So far only blanks and a byte order mark.
        case start
        /// Markup whose first element is not known yet.
        case markup
        case html(ListingOutline)
        case xml(XMLListingReader)
        case json(JSONListingReader)
        /// What begins like neither is no listing.
        case other
    }

    private let folder: ListedFolder
    private let address: WebAddress
    private var state = State.start
    private var tokenizer = HTMLTokenizer()

    /// `folder` is the address that the page was fetched from; its path ends in a slash.
    package init(at folder: WebAddress, as form: Form? = nil) {
        self.init(in: ListedFolder(folder), as: form)
    }

    /// `address` is what was asked for, where it is not the folder's own: one of its parts.
    package init(in folder: ListedFolder, at address: WebAddress? = nil, as form: Form? = nil) {
        self.folder = folder
        self.address = address ?? folder.address
        switch form {
        case .markup: state = .markup
        case .json: state = .json(JSONListingReader())
        case nil: break
        }
    }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        var bytes = Array(bytes)[...]
        if case .start = state {
            bytes = bytes.drop { $0.isSpace || $0 == 0xef || $0 == 0xbb || $0 == 0xbf }
            guard let first = bytes.first else { return }
            let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
            state = isJSON ? .json(JSONListingReader()) : .markup
        }
        if case .json(var reader) = state {
            state = .other
            reader.feed(bytes)
            state = .json(reader)
        } else {
            take(tokenizer.feed(bytes))
        }
    }

    private mutating func take(_ tokens: [HTMLToken]) {
        var tokens = tokens[...]
        while case .markup = state, let token = tokens.first {
            begin(with: token)
            if case .markup = state { tokens.removeFirst() }
        }
        // The state lets go of what it holds while that changes, so that it is not copied.
        switch state {
        case .html(var outline):
            state = .other
            for token in tokens { outline.take(token) }
            state = .html(outline)
        case .xml(var reader):
            state = .other
            for token in tokens { reader.take(token) }
            state = .xml(reader)
        default: break
        }
    }

    private mutating func begin(with token: HTMLToken) {
        guard case .start(let tag) = token else { return }
        state = XMLListingReader.begins(with: tag) ? .xml(XMLListingReader()) : .html(ListingOutline())
    }

    /// What the page lists, wherever it leads; nil where no format is sure that it is a listing.
    package mutating func finishReading() -> ListingReading? {
        if case .json = state {} else { take(tokenizer.finish()) }
        let page: ListingPage
        let isWhole: Bool
        var next: [UInt8]?
        switch state {
        case .html(var outline):
            outline.finish(cutTags: tokenizer.cutTags)
            guard !outline.hasPasswordField else { return nil }
            page = .outline(outline)
            next = outline.nextPart(of: address)
            isWhole = outline.isClosed && !outline.isCut
        case .xml(let reader):
            page = .document(reader.document)
            isWhole = reader.document.isWhole && !reader.document.isCut && tokenizer.cutTags == 0
        case .json(var reader):
            guard let document = reader.finish() else { return nil }
            page = .document(document)
            isWhole = document.isWhole && !document.isCut
        case .start, .markup, .other: return nil
        }
        state = .other
        for format in listingFormats {
            guard var entries = format.entries(of: page) else { continue }
            if let next {
                entries.isPart = true
                entries.continuation = .link(next)
            }
            return ListingReading(
                format: format.name,
                isExhaustive: format.isExhaustive,
                isWhole: isWhole,
                entries: entries
            )
        }
        return nil
    }

    /// The listing of the folder, or nil where no format is sure that the page is one.
    package mutating func finish() -> Listing? {
        finishReading().flatMap { Listing($0, of: folder) }
    }

    /// Reads a whole page at once.
    package static func read(_ page: some Sequence<UInt8>, at folder: WebAddress) -> Listing? {
        var reader = ListingReader(at: folder)
        reader.feed(page)
        return reader.finish()
    }
}
