package import Domain

/// What a name shows at one service: the pages from the first to the one where its redirects end.
package struct Front: Sendable {
    /// Where the first page's redirects led in the end.
    package enum End: Hashable, Sendable {
        /// A page of the site's own.
        case content
        /// To another host; the address it sent us to.
        case elsewhere(WebAddress)
        /// Round in a circle, on without end, or to where nobody answered.
        case nowhere
    }

    package var host: String
    package var pages: [Page]
    package var end: End

    private var shapes: [PageShape]
    private var literal: [PageShape]

    package init(host: String, pages: [Page], end: End) {
        (self.host, self.pages, self.end) = (host, pages, end)
        shapes = pages.map { PageShape($0, without: host) }
        literal = pages.map { PageShape($0, without: nil) }
        // Only shapes are compared; the contents lie in the vault.
        for index in self.pages.indices { self.pages[index].content = [] }
    }

    /// The page where the redirects end.
    package var final: Page? { pages.last }

    /// Whether the two show the same, once each one's own name is left out, or as they stand.
    package func equals(_ other: Front) -> Bool {
        shapes == other.shapes || literal == other.literal
    }

    /// Whether this is what two samples show, where the samples agree with each other.
    ///
    /// Pages with something of the moment in them (a time, a token) differ each time they are fetched; such words,
    /// where both samples have them, are not compared. No more than a quarter of a page may be of that kind.
    package func fits(_ first: Front, _ second: Front) -> Bool {
        guard shapes.count == first.shapes.count, shapes.count == second.shapes.count else { return false }
        return shapes.indices.allSatisfy { index in
            let (mine, one, two) = (shapes[index], first.shapes[index], second.shapes[index])
            guard mine.status == one.status, one.status == two.status, mine.count == one.count, one.count == two.count
            else { return false }
            var moving = 0
            for word in mine.words.indices {
                if one.words[word] != two.words[word] {
                    moving += 1
                } else if mine.words[word] != one.words[word] {
                    return false
                }
            }
            return moving * 4 <= mine.words.count
        }
    }

    /// Whether there is something to see: a page of its own that says more than that there is nothing.
    package var saysSomething: Bool {
        guard end == .content, let page = final else { return false }
        return !Self.nothingHere.contains(page.status)
    }

    /// Statuses by which a server says that nobody of that name lives here, or shows nothing at all. A name that has such
    /// a page to itself is a website all the same: only a default page is judged by this.
    package static let nothingHere: Set<Int> = [400, 403, 404, 410, 421, 500, 502, 503]
}
