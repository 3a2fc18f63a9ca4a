package import Domain

extension HostileServer {
    /// Ways to write an address outside the scope, each of which some client has followed.
    package static func lures(to forbidden: Endpoint) -> [String] {
        let (address, port) = (forbidden.address, forbidden.port)
        let parts = address.bytes.map(Int.init)
        let octal = parts.map { "0" + String($0, radix: 8) }.joined(separator: ".")
        let hexadecimal = parts.map { "0x" + String($0, radix: 16) }.joined(separator: ".")
        return [
            "http://\(address):\(port)/", "//\(address):\(port)/", "http://[::ffff:\(address)]:\(port)/",
            "http://[::\(address)]:\(port)/", "http://[64:ff9b::\(address)]:\(port)/",
            "http://\(address.value):\(port)/", "http://0x\(String(address.value, radix: 16)):\(port)/",
            "http://\(octal):\(port)/", "http://\(hexadecimal):\(port)/",
            "http://\(parts[0]).\(parts[1]).\(parts[2] << 8 | parts[3]):\(port)/", "http://\(address).:\(port)/",
            "http://user@\(address):\(port)/", "http://user:secret@\(address):\(port)/",
            "http://www.inside.test@\(address):\(port)/", "http://\(address):\(port)\\@www.inside.test/",
            "http://www.inside.test:80@\(address):\(port)/", "http://outside.test:\(port)/",
            "http://lured.inside.test:\(port)/", "http://alias.inside.test:\(port)/", "http://0.0.0.0:\(port)/",
            "http://localhost:\(port)/", "https://\(address):\(port)/", "ftp://\(address):\(port)/",
            "rsync://\(address):\(port)/", "HTTP://\(address):\(port)", "http:\\\\\(address):\(port)\\",
            "http:///\(address):\(port)/", "http://%31%32%37.\(parts[1]).\(parts[2]).\(parts[3]):\(port)/",
        ]
    }

    /// A website whose every answer leads to `forbidden`: `/` is a page of links, `/list/` a folder listing of them,
    /// `/N` redirects to the N-th lure, and every other path to one after the other.
    package static func runningLures<Result>(
        at address: IPAddress,
        to forbidden: Endpoint,
        _ body: (HostileServer) async throws -> Result
    ) async throws -> Result {
        let lures = lures(to: forbidden)
        let script = Script { received in
            guard let text = Self.wholeRequest(received) else { return nil }
            let path = text.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
            switch path {
            case "/": return [.send(Self.page(lures))]
            case "/list/": return [.send(Self.listing(lures))]
            default:
                let number = Int(path.dropFirst()) ?? path.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xffff
                return [.send(Self.redirect(to: lures[number % lures.count]))]
            }
        }
        return try await running(at: address, script, body)
    }

    /// An FTP server whose PASV and EPSV answers, and listing, lead to `forbidden`.
    package static func runningFTP<Result>(
        at address: IPAddress,
        to forbidden: Endpoint,
        _ body: (HostileServer) async throws -> Result
    ) async throws -> Result {
        let bytes = forbidden.address.bytes.map(String.init).joined(separator: ",")
        let passive = "227 Entering Passive Mode (\(bytes),\(forbidden.port >> 8),\(forbidden.port & 0xff))\r\n"
        let script = Script { received in
            guard received.last == 0x0a else { return nil }
            let command = String(decoding: received.prefix { $0 != 0x20 && $0 != 0x0d }, as: UTF8.self).uppercased()
            return switch command {
            case "USER": [.send("331 any password will do\r\n")]
            case "PASS": [.send("230 logged in\r\n")]
            case "PASV": [.send(passive)]
            case "EPSV": [.send("229 Extended (|1|\(forbidden.address)|\(forbidden.port)|)\r\n")]
            case "QUIT": [.send("221 bye\r\n"), .close]
            default: [.send("200 ok\r\n")]
            }
        }
        return try await running(at: address, greeting: [.send("220 ready\r\n")], script, body)
    }

    /// The request's head as text, once it is whole.
    package static func wholeRequest(_ received: [UInt8]) -> String? {
        let text = String(decoding: received, as: UTF8.self)
        return text.hasSuffix("\r\n\r\n") ? text : nil
    }

    private static func redirect(to location: String) -> String {
        "HTTP/1.1 302 Found\r\nLocation: \(location)\r\nRefresh: 0; url=\(location)\r\nLink: <\(location)>; rel=next\r\n"
            + "Content-Length: 0\r\n\r\n"
    }

    private static func page(_ lures: [String]) -> String {
        let links = lures.map { "<a href=\"\($0)\">x</a><img src=\"\($0)\"><iframe src=\"\($0)\"></iframe>" }
        let head =
            "<title>Hostile</title><base href=\"\(lures[0])\"><meta http-equiv=refresh content=\"0;url=\(lures[0])\">"
        let form = "<form action=\"\(lures[0])\"><input type=password name=p></form>"
        return answer("<html><head>\(head)</head><body>\(form)\(links.joined())</body></html>")
    }

    private static func listing(_ lures: [String]) -> String {
        let lines = lures.map { "<a href=\"\($0)file.bin\">file.bin</a>  15-Jan-2024 09:00  10" }
        let title = "Index of /list/"
        return answer(
            "<html><head><title>\(title)</title></head><body><h1>\(title)</h1><hr><pre><a href=\"../\">../</a>\n"
                + lines.joined(separator: "\n") + "\n</pre><hr></body></html>"
        )
    }

    private static func answer(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
