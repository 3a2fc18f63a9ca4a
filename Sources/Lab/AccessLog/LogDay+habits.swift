import Domain

extension LogDay {
    /// Office hours: hands in the day's work at the moments the files bear, and fetches the notes.
    mutating func work(_ client: Int, share: Int, of artists: Int) {
        guard !arrivals.isEmpty else { return }
        var moment = moment(from: 15, to: 55)
        enter(client, at: &moment, isKnown: true)
        for (index, file) in arrivals.enumerated() where index % artists == share && !isMorning(file) {
            upload(file, client)
        }
        // Instructions are in by half past three.
        moment = self.moment(from: 205, to: 225)
        enter(client, at: &moment, isKnown: true)
        for file in arrivals where isMorning(file) {
            pause(&moment, 3...40)
            fetch(file, client, at: moment)
        }
        for _ in 0..<generator.number(in: 12...24) {
            pause(&moment, 20...240)
            guard let file = olderFile() else { continue }
            fetch(file, client, at: moment, isKnown: generator.chance(0.35))
        }
        for _ in 0..<generator.number(in: 6...12) { browse(client, at: self.moment(from: 240, to: 590)) }
    }

    /// Uploads instructions in the morning, or fetches results in the evening.
    mutating func carry(_ client: Int, isUploader: Bool) {
        if isUploader {
            if let first = arrivals.filter(isMorning).map(\.modified).min() {
                var moment = first.adding(seconds: -90)
                enter(client, at: &moment, isKnown: false)
            }
            for file in arrivals where isMorning(file) { upload(file, client) }
        }
        guard isUploader || generator.chance(0.4), !arrivals.isEmpty else { return }
        for window in [(615, 680), (840, 1_080)] {
            var moment = moment(from: window.0, to: window.1)
            enter(client, at: &moment, isKnown: window.0 > 700)
            for file in arrivals where file.modified < moment {
                pause(&moment, 1...18)
                // The second time a browser asks only whether the file is still the same.
                fetch(file, client, at: moment, isKnown: window.0 > 700 && generator.chance(0.7))
            }
            if let gone = missingFile() {
                pause(&moment, 2...20)
                add(LoggedRequest(moment: moment, client: client, target: "/data/\(gone)", status: 404, length: 153))
            }
        }
    }

    /// A program: asks for the folders one after another, then for what is new.
    mutating func mirror(_ client: Int) {
        var moment = moment(from: 1_100, to: 1_160)
        let folders = Set(arrivals.map { $0.path.bytes.split(separator: UInt8(ascii: "/")).dropLast().map(Array.init) })
        let paths = folders.map { PathName(bytes: $0.joined(separator: [UInt8(ascii: "/")])) }.sorted()
        for path in [PathName(bytes: "User/\(contents.world.user)/home".utf8)] + paths {
            let length = UInt64(generator.number(in: 700...14_000))
            add(LoggedRequest(moment: moment, client: client, target: "/data/\(path)/", status: 200, length: length))
            pause(&moment, 0...2)
        }
        for file in arrivals {
            fetch(file, client, at: moment, referer: "-")
            pause(&moment, 0...2)
        }
        for _ in 0..<generator.number(in: 8...24) {
            guard let file = olderFile() else { continue }
            fetch(file, client, at: moment, isKnown: true, referer: "-")
            pause(&moment, 0...1)
        }
    }

    /// A short look now and then.
    mutating func look(_ client: Int) {
        var moment = moment(from: 60, to: 860)
        enter(client, at: &moment, isKnown: false)
        for _ in 0..<generator.number(in: 3...14) {
            pause(&moment, 8...220)
            guard let file = olderFile() else { continue }
            fetch(file, client, at: moment)
        }
        if let gone = missingFile() {
            add(LoggedRequest(moment: moment, client: client, target: "/data/\(gone)", status: 404, length: 153))
        }
    }

    /// Asks for paths of other products; some of it is no HTTP.
    mutating func scan(_ client: Int) {
        var moment = moment(from: 5, to: 1_430)
        let paths = [
            "/.env", "/wp-login.php", "/phpmyadmin/", "/manager/html", "/.git/config", "/cgi-bin/luci", "/owa/",
            "/solr/admin/info/system", "/actuator/health", "/robots.txt", "/HNAP1", "/boaform/admin/formLogin",
        ]
        for _ in 0..<generator.number(in: 25...65) {
            let target = generator.pick(paths)
            add(LoggedRequest(moment: moment, client: client, target: target, status: 404, length: 153))
            pause(&moment, 0...6)
        }
        guard generator.chance(0.6) else { return }
        let hello = generator.pick([
            "\\x16\\x03\\x01\\x01\\x00\\x01\\x00\\x00\\xFC\\x03\\x03",
            "\\x16\\x03\\x01\\x00\\xEE\\x01\\x00\\x00\\xEA\\x03\\x03",
            "\\x03\\x00\\x00/*\\xE0\\x00\\x00\\x00\\x00\\x00Cookie: mstshash=Administr",
        ])
        var request = LoggedRequest(moment: moment, client: client, target: hello, status: 400, length: 157)
        request.isNoise = true
        add(request)
    }

    private func isMorning(_ file: Arrival) -> Bool { file.modified < day.start.adding(seconds: 9_000) }

    private mutating func upload(_ file: Arrival, _ client: Int) {
        let folder = PathName(bytes: Array(file.path.bytes.prefix(upTo: lastSlash(of: file.path))))
        var request = LoggedRequest(
            moment: file.modified,
            client: client,
            method: "POST",
            target: "/?upload&to=/\(folder)",
            status: 200,
            length: 52
        )
        request.referer = "/?list"
        add(request)
    }

    private func lastSlash(of path: PathName) -> Int { path.bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0 }
}
