import Domain
import Scope
import Wire

/// One log-in to an FTP server, with the one name that is no credential: `anonymous` (RFC 1635).
///
/// One task has it at a time. Once a reply did not come, or came out of turn, it is not usable any more: what the server
/// says next would answer something else.
actor FTPSession {
    /// How it began, and the dialogue of the log-in.
    enum Opening: Sendable {
        case ready(FTPSession, Transcript)
        /// The server has as many visitors as it takes.
        case full(FTPReply, Transcript)
        /// It lets nobody in.
        case refused(FTPReply, Transcript)
        case failed(GateError, Transcript)
    }

    /// Bytes of replies to one question.
    private static let pageLength = 256 * 1024

    let gate: Gate
    let control: GateStream
    let patience: Patience
    private let dialogue: Dialogue
    private(set) var features = FTPFeatures()
    /// The folder into which the server puts a visitor: where addresses begin (RFC 1738 3.2.2).
    private(set) var home: [UInt8] = [UInt8(ascii: "/")]
    private var isOver = false
    /// Whether the server said that it ends the session.
    private var isDismissed = false
    /// Whether the server knows EPSV, as far as was seen.
    private var knowsExtendedPassive = true

    private init(_ control: GateStream, gate: Gate, patience: Patience) {
        (self.gate, self.control, self.patience) = (gate, control, patience)
        dialogue = Dialogue(control, clock: gate.clock, length: Self.pageLength)
    }

    /// `isFirst` says that no other session is open, so that room for one may be waited for.
    static func open(at endpoint: Endpoint, gate: Gate, patience: Patience, isFirst: Bool) async -> Opening {
        do throws(GateError) {
            let control = try await gate.connectControl(to: endpoint, waits: isFirst)
            let session = FTPSession(control, gate: gate, patience: patience)
            return await session.logIn()
        } catch {
            return .failed(error, Transcript())
        }
    }

    private func logIn() async -> Opening {
        let contact = gate.scope.contact.filter { $0.isASCII && !$0.isNewline && !$0.isWhitespace }
        var reply = await reply()
        if reply?.code == 220 { reply = await say("USER anonymous") }
        if reply?.code == 331 { reply = await say("PASS \(contact)") }
        guard let reply else { return await end(.failed(silence, turnPage())) }
        guard reply.code == 230 else {
            return await end(reply.isFull ? .full(reply, turnPage()) : .refused(reply, turnPage()))
        }
        guard await say("TYPE I")?.code == 200 else { return await end(.refused(reply, turnPage())) }
        if let reply = await say("FEAT") { features = FTPFeatures(reply) }
        if let choice = features.choice { _ = await say(choice) }
        if let folder = await say("PWD")?.folder, folder.first == UInt8(ascii: "/") { home = folder }
        return isUsable ? .ready(self, turnPage()) : await end(.failed(silence, turnPage()))
    }

    private func end(_ opening: Opening) async -> Opening {
        await close()
        return opening
    }

    /// Whether it can be asked further: nothing was said out of turn, such as that it took too long.
    var isUsable: Bool { !isOver && dialogue.pending.isEmpty && !dialogue.hasEnded }

    /// Why nothing came.
    var silence: GateError {
        let hasEnded = isDismissed || dialogue.hasEnded || !dialogue.pending.isEmpty
        let code: GateError.Code = Task.isCancelled ? .cancelled : hasEnded ? .closed : .timedOut
        return GateError(code, attempted: "talk FTP", endpoint: control.endpoint)
    }

    /// Sends a line and waits for its reply; nil where none came, and then the session is over.
    func say(_ line: String) async -> FTPReply? { await say(Array(line.utf8)) }

    /// Sends a command about a path. A byte of 255 is doubled, as Telnet wants it (RFC 959 5.3.1); a server that does not
    /// know the path so is asked for it as it is.
    func say(_ verb: String, _ path: [UInt8]) async -> FTPReply? {
        let reply = await say(Array("\(verb) ".utf8) + path.flatMap { $0 == 0xff ? [0xff, 0xff] : [$0] })
        guard path.contains(0xff), let reply, reply.code == 550 else { return reply }
        return await say(Array("\(verb) ".utf8) + path)
    }

    private func say(_ line: [UInt8]) async -> FTPReply? {
        // A line end within would be a command that the server's own names gave us.
        guard isUsable, !line.contains(where: { $0 == 0 || $0 == 0x0a || $0 == 0x0d }) else {
            isOver = true
            return nil
        }
        await dialogue.say(line + [0x0d, 0x0a])
        return await reply()
    }

    /// Waits for a reply to what was said before.
    func reply(within limit: Duration? = nil) async -> FTPReply? {
        guard !isOver else { return nil }
        let reply: FTPReply? = await dialogue.read(within: limit ?? patience.replyTime) { bytes in
            do throws(CodedReply.Fault) {
                let reply = try FTPReply(parsing: bytes)
                return .done(reply, reply.end)
            } catch {
                return error == .unfinished ? .unfinished : .no
            }
        }
        isDismissed = isDismissed || reply?.code == 421
        isOver = isOver || reply == nil || isDismissed
        return reply
    }

    /// Has the server listen for a data connection: EPSV (RFC 2428), and PASV where that is not known.
    func listen() async -> FTPReply? {
        guard knowsExtendedPassive else { return await say("PASV") }
        let reply = await say("EPSV")
        guard let reply, reply.code >= 500 else { return reply }
        knowsExtendedPassive = false
        return await say("PASV")
    }

    /// Gives up: what the server may still say answers nothing that is asked later.
    func giveUp() { isOver = true }

    /// What was said since the last page.
    func turnPage() -> Transcript { dialogue.turnPage(length: Self.pageLength) }

    func forgetFacts() { features.hasFacts = false }
    func forgetTimes() { features.hasTimes = false }

    func close() async {
        if isUsable { await dialogue.say(line: "QUIT") }
        isOver = true
        await dialogue.close()
    }

    /// The path of an address, as commands have it: below the folder of the log-in, unless it begins with an escaped slash.
    func path(of address: WebAddress) -> [UInt8] {
        let path = PathName(percentEncoded: address.target.dropFirst()).bytes
        guard path.first != UInt8(ascii: "/") else { return path }
        return (home.last == UInt8(ascii: "/") ? home : home + [UInt8(ascii: "/")]) + path
    }
}

extension FTPReply {
    /// Whether the server says that it has no room for a visitor. Some say so with the code of a wrong password.
    fileprivate var isFull: Bool {
        if [421, 120].contains(code) { return true }
        let words = lines.map { String(decoding: $0.prefix(512), as: UTF8.self).lowercased() }.joined(separator: " ")
        return code == 530 && ["too many", "maximum", "limit", "try again"].contains(where: words.contains)
    }

    /// Whether the server is busy and the same may succeed later.
    var isTransient: Bool { [421, 425, 450, 451].contains(code) }

    /// Whether the server does not know the command.
    var isUnknownCommand: Bool { [500, 501, 502, 504].contains(code) }
}
