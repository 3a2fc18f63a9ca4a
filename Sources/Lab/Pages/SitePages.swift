import Domain

extension Blueprint {
    /// The files of a site below its document root: small pages drawn from the seed, linked with each other.
    func pages(of site: World.Site) -> [String: [UInt8]] {
        switch site.kind {
        case .pages, .catchAll:
            var files = ["index.html": frontPage(of: site)]
            if site.kind == .pages { files["about.html"] = aboutPage(of: site) }
            return files
        case .downloads: return downloads(of: site)
        case .placeholder:
            let page = "<!DOCTYPE html><html><head><title></title></head><body></body></html>\n"
            return ["data/index.html": Array(page.utf8)].merging(applicationFiles(of: site)) { first, _ in first }
        case .storage, .guarded, .loginEverywhere: return applicationFiles(of: site)
        }
    }

    private func frontPage(of site: World.Site) -> [UInt8] {
        var random = seed.generator(for: "front page \(site.name ?? site.host)")
        let sentences = (Phrases.topics[site.topic] ?? Phrases.topics["news"] ?? []).shuffled(using: &random)
        let articles = sentences.prefix(Int(random.next() % 3) + 3).map { sentence in
            let day = world.firstDay.adding(-Int(random.next() % 300))
            return
                "<article><h2>\(random.pick(Phrases.headings))</h2><p>\(sentence)</p><p class=date>\(day)</p></article>"
        }
        let links = site.links.compactMap { name in
            webAddress(ofName: name).map { "<li><a href=\"\($0)\">\(self.title(ofName: name))</a></li>" }
        }
        let about = site.kind == .pages ? "<p><a href=\"/about.html\">About us</a></p>" : ""
        let body = """
            <h1>\(Self.escaped(site.title))</h1>
            \(articles.joined(separator: "\n"))
            <nav><ul>
            \(links.joined(separator: "\n"))
            </ul></nav>
            \(about)<footer>\(random.pick(Phrases.closings))</footer>
            """
        return page(title: site.title, body: body, of: site)
    }

    private func aboutPage(of site: World.Site) -> [UInt8] {
        var random = seed.generator(for: "about page \(site.name ?? site.host)")
        let sentence = random.pick(Phrases.topics[site.topic] ?? Phrases.topics["news"] ?? [""])
        let founded = 1946 + Int(random.next() % 60)
        let body = "<h1>About</h1><p>\(Self.escaped(site.title)) was founded in \(founded).</p><p>\(sentence)</p>"
        return page(title: "About \(site.title)", body: body, of: site)
    }

    private func downloads(of site: World.Site) -> [String: [UInt8]] {
        let body =
            "<h1>\(Self.escaped(site.title))</h1><p>Files for everybody: <a href=\"/pub/\">public downloads</a>.</p>"
        var files = ["index.html": page(title: site.title, body: body, of: site)]
        for (name, size) in [
            ("fonts/haean-font-1.2.zip", 48_000), ("fonts/README.txt", 900), ("maps/coast.pdf", 31_000),
            ("maps/rivers.pdf", 27_500), ("dictionary-2.0.zip", 96_000), ("README.txt", 640),
        ] {
            files["pub/\(name)"] = download(named: name, size: size)
        }
        return files
    }

    /// Text for text; for the rest a header that says what it is, and noise.
    private func download(named name: String, size: Int) -> [UInt8] {
        var random = seed.generator(for: "download \(name)")
        if name.hasSuffix(".txt") {
            let sentences = Phrases.topics.values.joined().sorted()
            var text = "\(name)\n\n"
            while text.utf8.count < size { text += random.pick(sentences) + "\n" }
            return Array(text.utf8.prefix(size))
        }
        let magic = name.hasSuffix(".pdf") ? Array("%PDF-1.4\n".utf8) : [0x50, 0x4b, 0x05, 0x06]
        return magic + (magic.count..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    private func page(title: String, body: String, of site: World.Site) -> [UInt8] {
        var random = seed.generator(for: "style \(site.name ?? site.host)")
        let font = random.pick([
            "Georgia, serif", "Verdana, sans-serif", "Tahoma, sans-serif", "\"Times New Roman\", serif",
        ])
        let colour = random.pick(["#7a1f1f", "#1f3f7a", "#1f5a3a", "#5a4a1f", "#3a3a3a"])
        let html = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(title))</title>
            <style>body { font-family: \(font); margin: 2em auto; width: 46em } h1 { color: \(colour) }</style></head>
            <body>
            \(body)
            </body></html>

            """
        return Array(html.utf8)
    }

    private func title(ofName name: String) -> String {
        Self.escaped(world.sites.first { $0.name == name }?.title ?? name)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
