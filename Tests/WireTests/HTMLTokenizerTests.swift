import Testing
import Wire

@Suite struct HTMLTokenizerTests {
    private func tokens(_ page: some Sequence<UInt8>) -> [HTMLToken] {
        var tokenizer = HTMLTokenizer()
        return tokenizer.feed(page) + tokenizer.finish()
    }

    private func text(_ string: String) -> HTMLToken { .text(Array(string.utf8)) }

    private func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> HTMLToken {
        .start(HTMLTag(name: name, attributes: attributes.map { HTMLAttribute(name: $0, value: Array($1.utf8)) }))
    }

    @Test func tagsTextAndReferences() {
        let page = "<!DOCTYPE html><A HREF='a&amp;b' class=x disabled>one &lt;two&#x4e2d;&#20013; &unknown; &</a >"
        #expect(
            tokens(page.utf8) == [
                tag("a", ["href": "a&b", "class": "x", "disabled": ""]), text("one <two中中 &unknown; &"), .end("a"),
            ]
        )
    }

    /// Texts and values are taken as they lie where they can be, and byte by byte where not: with the same tokens.
    @Test(arguments: [65_535, 65_536, 65_537, 131_080])
    func bytesInARowAreReadAsBytesOneByOne(length: Int) {
        let long = String(repeating: "x", count: length)
        let pages = [
            "\(long)<p>\(long)", "<a href=\"\(long)\" class='\(long)'>b</a>",
            "<a href=\(long)>\(long)<i title=\"\(long)",
        ]
        for page in pages {
            var (whole, single) = (HTMLTokenizer(), HTMLTokenizer())
            let read = whole.feed(Array(page.utf8)) + whole.finish()
            #expect(single.feed(AnySequence(page.utf8)) + single.finish() == read)
            #expect(whole.cutTags == single.cutTags)
        }
    }

    @Test func keepsBytesThatAreNoText() {
        let page = Array("<a href=\"".utf8) + [0xd6, 0xd0] + Array("\">".utf8) + [0xd6, 0xd0]
        let link = HTMLTag(name: "a", attributes: [HTMLAttribute(name: "href", value: [0xd6, 0xd0])])
        #expect(tokens(page) == [.start(link), .text([0xd6, 0xd0])])
    }

    /// No page makes the tokenizer hold more than its limits, whatever it is made of.
    @Test(arguments: ["<", "< ", "<script>", "<script></script", "</", "<!", "<a ", "<a b='", "&"])
    func endlessPiecesAreHandedOn(piece: String) {
        var tokenizer = HTMLTokenizer()
        var longest = 0
        for start in [Array(piece.utf8), Array("<title>".utf8), Array("<script>".utf8)] {
            tokenizer = HTMLTokenizer()
            var count = 0
            for token in tokenizer.feed(start) { count += size(token) }
            for _ in 0..<40 {
                for token in tokenizer.feed([UInt8](repeating: UInt8(ascii: "<"), count: 8_192)) {
                    longest = max(longest, size(token))
                    count += size(token)
                }
            }
            let rest = tokenizer.finish().map(size)
            #expect(rest.allSatisfy { $0 <= HTMLTokenizer.maximumTextLength + 16 })
        }
        #expect(longest <= HTMLTokenizer.maximumTextLength + 16)
    }

    private func size(_ token: HTMLToken) -> Int {
        switch token {
        case .text(let bytes), .script(let bytes): bytes.count
        case .start, .end: 0
        }
    }

    @Test func scriptsAndTitlesHoldNoTags() {
        let page = "<script>if (a<b) '</scripty>' <a href=x></script ><TITLE>a &amp; <b></title>"
        #expect(
            tokens(page.utf8) == [
                tag("script"), .script(Array("if (a<b) '</scripty>' <a href=x>".utf8)), .end("script"),
                tag("title"), text("a & <b>"), .end("title"),
            ]
        )
    }

    @Test func commentsAreSkipped() {
        #expect(tokens("a<!-- <a href=x> -- > -->b<!x>c<?php >d".utf8) == ["a", "b", "c", "d"].map(text))
    }

    @Test func lessThanIsText() {
        #expect(tokens("1 < 2 <3<".utf8) == [text("1 < 2 <3<")])
    }

    /// However a page is cut on its way, the tokens are the same.
    @Test func cutAtEveryByte() {
        let page = Array("<p id='1'>a&amp;b<!-- x --></p><script>1</script><title>t</title><br/>z".utf8)
        let whole = tokens(page)
        for cut in 0...page.count {
            var tokenizer = HTMLTokenizer()
            var found = tokenizer.feed(page[..<cut])
            found += tokenizer.feed(page[cut...])
            found += tokenizer.finish()
            #expect(found == whole)
        }
    }

    @Test(arguments: [
        "<a href='", "<a ", "<", "<!--", "<script>", "&", "<a b=", "</", "x",
    ]) func endlessInputStaysInBounds(start: String) {
        var tokenizer = HTMLTokenizer()
        var kept = 0
        let block = [UInt8](repeating: UInt8(ascii: "a"), count: 64 * 1024)
        for token in tokenizer.feed(start.utf8) + (0..<8).flatMap({ _ in tokenizer.feed(block) }) + tokenizer.finish() {
            switch token {
            case .text(let bytes), .script(let bytes): kept = max(kept, bytes.count)
            case .start(let tag): kept = max(kept, tag.name.utf8.count)
            case .end(let name): kept = max(kept, name.utf8.count)
            }
        }
        #expect(kept <= HTMLTokenizer.maximumTextLength)
    }

    @Test func longTagsAreCutAndCounted() {
        var tokenizer = HTMLTokenizer()
        let page = "<a href='" + String(repeating: "x", count: HTMLTokenizer.maximumTagLength) + "'>after"
        let found = tokenizer.feed(page.utf8) + tokenizer.finish()
        #expect(found.last == text("after"))
        #expect(tokenizer.cutTags == 1)
        guard case .start(let tag) = found.first else { return #expect(Bool(false), "no tag") }
        #expect((tag["href"]?.count ?? 0) < HTMLTokenizer.maximumTagLength)
    }

    @Test func manyAttributesAreBounded() {
        let page = "<a " + (0..<1_000).map { "a\($0)=1 " }.joined() + ">"
        guard case .start(let tag) = tokens(page.utf8).first else { return #expect(Bool(false), "no tag") }
        #expect(tag.attributes.count == HTMLTokenizer.maximumAttributes)
    }

    @Test func survivesGarbage() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("<>/!-='\"& ;#ax\u{0}script".utf8) + [0xff, 0x80]
        for _ in 0..<200 {
            let page = (0..<500).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let whole = tokens(page)
            var tokenizer = HTMLTokenizer()
            #expect(page.flatMap { tokenizer.feed([$0]) } + tokenizer.finish() == whole)
        }
    }
}
