package import Domain
import Wire

/// An answer of a website, sealed, with what can be read from it.
package struct Page: Sendable {
    package var address: WebAddress
    package var status: Int
    /// At most ``DoorsLimits/bodyBytes``.
    package var body: [UInt8]
    /// Whether the body is all that the server sent.
    package var isWhole: Bool
    /// Where a redirect leads, resolved.
    package var location: WebAddress?
    /// The media type, lower case, without parameters.
    package var type: String
    package var seal: Seal
    package var at: Timestamp

    var isRefusal: Bool { [401, 403, 404, 410].contains(status) }

    var html: HTMLPage { HTMLPage(body) }

    /// Whether it asks for a password; only what is served with status 200 counts.
    var isLogin: Bool { status == 200 && html.hasPasswordField }

    /// The folder's contents, where the page is a listing of a format that is sure: what only looks like one by its
    /// structure may be a page that was meant to be seen, and is no door.
    var listing: Listing? {
        guard status == 200, address.target.hasSuffix("/") else { return nil }
        return ListingReader.read(body, at: address).flatMap { $0.isExhaustive ? $0 : nil }
    }

    /// Whether the body begins as an HTML page does.
    var looksLikeHTML: Bool {
        let start = String(decoding: body.prefix(1_024), as: UTF8.self).lowercased()
        return start.contains("<!doctype html") || start.contains("<html") || start.contains("<head")
    }
}

extension Page {
    /// The body as JSON, where it is.
    var json: JSONValue? {
        guard let first = body.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        do throws(JSONParser.Fault) {
            return try JSONParser.parse(body)
        } catch {
            return nil
        }
    }
}
