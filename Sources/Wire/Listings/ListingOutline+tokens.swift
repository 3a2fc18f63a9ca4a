extension ListingOutline {
    package mutating func take(_ token: HTMLToken) {
        switch token {
        case .start(let tag): begin(tag)
        case .end(let name): end(name)
        case .text(let text): add(text)
        case .script(let text): script += text.prefix(Self.maximumScript - script.count)
        }
    }

    /// At the page's end; `cutTags` is what the tokenizer counted.
    package mutating func finish(cutTags: Int) {
        endLink()
        endRow()
        isCut = isCut || cutTags > 0 || packed.isFull
    }

    private mutating func begin(_ tag: HTMLTag) {
        frame.begin(tag)
        note(tag)
        switch tag.name {
        case "a": if let reference = tag["href"] { beginLink(reference, tag) }
        case "title": spot = .title
        case "address": spot = .generator
        case "h1", "h2", "h3", "h4":
            if !hasHeading { spot = .heading }
            separate()
        case "tr", "li", "hr":
            endRow()
            rowSigns.formUnion(LinkSigns(class: tag["class"] ?? []))
        case "br": if frame.rowKind != .element { endRow() }
        case "th":
            spot = .column
            addColumn([UInt8(ascii: "\t")])
            separate()
        case "td", "div", "p", "span", "em", "strong", "i", "small", "b", "time": separate()
        case "pre", "table", "ul", "ol": endRow()
        case "img": addPicture(tag)
        default: break
        }
    }

    private mutating func note(_ tag: HTMLTag) {
        switch tag.name {
        case "div", "table", "ul", "body", "main", "section":
            if let name = tag.keyword("class"), divisions.count < 64 { divisions.insert(name) }
            if let name = tag.keyword("id"), divisions.count < 64 { divisions.insert("#" + name) }
        case "input": if tag.keyword("type") == "password" { hasPasswordField = true }
        case "meta":
            if tag.keyword("name") == "generator" { addGenerator(tag["content"] ?? []) }
        case "time": if let instant = tag["datetime"] { addText(instant.prefix(64) + [UInt8(ascii: "\t")]) }
        default: break
        }
        switch tag.name {
        case "i", "span", "td", "svg", "use", "div": if let name = tag["class"] { add(LinkSigns(class: name)) }
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "a": endLink()
        case "title", "th", "address": spot = .nowhere
        case "h1", "h2", "h3", "h4":
            hasHeading = hasHeading || spot == .heading
            spot = .nowhere
        case "div", "p", "span", "em", "strong", "i", "time": separate()
        case "tr", "li", "ol": endRow()
        case "pre", "table", "ul":
            endRow()
            if frame.holds(name) { isClosed = true }
        case "body", "html": if !links.isEmpty { isClosed = true }
        default: break
        }
        frame.end(name)
    }

    private mutating func beginLink(_ reference: [UInt8], _ tag: HTMLTag) {
        endLink()
        if frame.rowKind == .link { endRow() }
        let place = frame.place
        guard links.count < Self.maximumLinks, let number = number(of: place) else {
            isCut = true
            return
        }
        if place.container != .elsewhere { isClosed = false }
        links.append(
            Link(
                reference: packed.append(reference),
                text: .none,
                row: UInt32(rows.count),
                textBefore: UInt16(rowText.count),
                place: number,
                signs: frame.signs.union(LinkSigns(class: tag["class"] ?? []))
            )
        )
        linkText.removeAll(keepingCapacity: true)
        isInLink = true
    }

    private mutating func number(of place: Place) -> UInt16? {
        if let known = placeNumbers[place] { return known }
        guard places.count < Self.maximumPlaces else { return nil }
        placeNumbers[place] = UInt16(places.count)
        places.append(place)
        return UInt16(places.count - 1)
    }

    private mutating func endLink() {
        guard isInLink else { return }
        links[links.count - 1].text = packed.append(linkText)
        isInLink = false
    }

    /// Ends the row; one without links is nothing.
    private mutating func endRow() {
        endLink()
        if rowLinks < links.count {
            rows.append(Row(text: packed.append(rowText), signs: rowSigns))
            rowLinks = links.count
        }
        rowText.removeAll(keepingCapacity: true)
        rowSigns = []
        if spot == .column { spot = .nowhere }
    }

    private mutating func add(_ signs: LinkSigns) {
        rowSigns.formUnion(signs)
        if isInLink { links[links.count - 1].signs.formUnion(signs) }
    }

    private mutating func addPicture(_ tag: HTMLTag) {
        add(LinkSigns(picture: tag["src"] ?? [], alternative: tag["alt"] ?? []))
        addText([UInt8(ascii: " ")])
    }

    private mutating func separate() { addText([UInt8(ascii: "\t")]) }

    private mutating func add(_ text: [UInt8]) {
        switch spot {
        case .nowhere: break
        case .title:
            title += text.prefix(Self.maximumHeading - title.count)
            return
        case .heading: heading += text.prefix(Self.maximumHeading - heading.count)
        case .column: addColumn(text)
        case .generator: addGenerator(text)
        }
        guard frame.isPreformatted, !isInLink else { return addText(text) }
        var rest = text[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            addText(rest[..<end])
            endRow()
            rest = rest[(end + 1)...]
        }
        addText(rest)
    }

    /// Adds to the link that is open, or to the row.
    private mutating func addText(_ text: some Collection<UInt8>) {
        if isInLink {
            Self.append(text, to: &linkText)
        } else {
            Self.append(text, to: &rowText)
        }
    }

    private static func append(_ text: some Collection<UInt8>, to kept: inout [UInt8]) {
        for byte in text where kept.count < maximumText {
            guard byte.isSpace else {
                kept.append(byte)
                continue
            }
            let isTab = byte == UInt8(ascii: "\t")
            if kept.last?.isSpace != true {
                kept.append(isTab ? byte : UInt8(ascii: " "))
            } else if isTab {
                kept[kept.count - 1] = byte
            }
        }
    }

    private mutating func addColumn(_ text: [UInt8]) {
        columns += text.prefix(Self.maximumHeading - columns.count).map(\.lowercased)
    }

    private mutating func addGenerator(_ text: [UInt8]) {
        generator += text.prefix(Self.maximumHeading - generator.count)
    }
}
