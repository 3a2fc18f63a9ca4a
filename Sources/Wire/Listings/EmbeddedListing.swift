/// Pages that show nothing without their script, and carry the listing in it: `var data = {"content": [ … ]}`.
package struct EmbeddedListing: ListingFormat {
    package let name = "embedded"
    package let isExhaustive = false

    package init() {}

    /// Values of a page's scripts that are looked at.
    private static let maximumValues = 32

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let script = page.outline?.script, !script.isEmpty else { return nil }
        var tried = 0
        var place = script.startIndex
        while tried < Self.maximumValues, let equals = script[place...].firstIndex(of: UInt8(ascii: "=")) {
            let value = script[(equals + 1)...].drop(while: \.isSpace)
            place = equals + 1
            guard value.first == UInt8(ascii: "{") || value.first == UInt8(ascii: "[") else { continue }
            tried += 1
            var reader = JSONListingReader()
            reader.feed(untilComplete: value)
            if reader.isComplete { place = value.startIndex + reader.count }
            guard reader.isComplete, let document = reader.finish(), !document.records.isEmpty else { continue }
            if let entries = RecordsListing.entries(of: document) { return entries }
        }
        return nil
    }
}
