package import Domain
import Scope
import Wire

/// FTP servers that let anyone read (RFC 1635). The name `anonymous` with an address to write to is the custom by which a
/// visitor without an account says so; no other name is ever tried.
package struct AnonymousFTPCheck: ServiceCheck {
    package let name = "anonymous FTP"
    package let scheme = WebAddress.Scheme.ftp

    private static let foldersTried = 6
    /// Bytes of a file that are read: enough to prove it.
    private static let fileLength = 16_384

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.transport == .tcp && service.speaks == .ftp }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let root = visit.address(scheme)
        var reading = Reading()
        var fault: DoorsError?
        let control = try await visit.converse(at: root) { dialogue in
            do throws(DoorsError) {
                try await read(by: dialogue, visit, &reading)
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        guard let control, let login = reading.login else { return findings }
        guard login == 230 else {
            if [331, 332, 430, 530, 532].contains(login) {
                findings.reject(root, name, "asks for a credential (\(login))", control)
            }
            return findings
        }
        guard let listing = reading.listing, reading.entries > 0 else {
            findings.reject(root, name, "lets anyone in, and shows nothing", control)
            findings.isUnclear = reading.listing == nil
            return findings
        }
        guard reading.random.map({ (500..<600).contains($0) }) == true else {
            findings.reject(root, name, "a folder that cannot be there is not refused", control)
            return findings
        }
        var proof = [listing.step(.listing, root, 226, "the server lists \(reading.entries) entries")]
        if let (file, said) = reading.file {
            let length = said.transcript.received.count
            proof.append(said.step(.content, file, 226, "\(length) bytes, no credential but the name anonymous"))
        }
        proof.append(control.step(.sibling, root, reading.random, "a folder that cannot be there is refused"))
        let doubt = reading.file == nil ? "the server lists its files to anyone, but none was read" : nil
        findings.doors.append(visit.door(.anonymousFTP, root, name, proof, doubt: doubt))
        return findings
    }

    /// What one session gave.
    private struct Reading {
        var login: Int?
        var listing: ServiceVisit.Said?
        var entries = 0
        var file: (WebAddress, ServiceVisit.Said)?
        /// The answer to a folder that cannot be there.
        var random: Int?
    }

    private func read(
        by dialogue: Dialogue,
        _ visit: ServiceVisit,
        _ reading: inout Reading
    ) async throws(DoorsError) {
        guard await Self.reply(dialogue)?.code == 220 else { return }
        await dialogue.say(line: "USER anonymous")
        reading.login = await Self.reply(dialogue)?.code
        if reading.login == 331 {
            let contact = visit.gate.scope.contact.filter { $0.isASCII && !$0.isNewline && !$0.isWhitespace }
            reading.login = await Self.command("PASS \(contact)", dialogue)
        }
        guard reading.login == 230, await Self.command("TYPE I", dialogue) == 200 else { return }
        // Names are relative to the folder that the server puts a visitor into, as they are in addresses (RFC 1738 3.2.2).
        var folders: [[UInt8]] = [[]]
        var tried = 0
        while !folders.isEmpty, tried < Self.foldersTried, reading.file == nil {
            let folder = folders.removeFirst()
            tried += 1
            let place = visit.address(scheme, "/" + PathName(bytes: folder).description)
            guard let said = try await transfer("LIST", folder, at: place, by: dialogue, visit) else { continue }
            var rows = FTPListingReader(fetched: visit.gate.clock.now())
            rows.feed(said.transcript.received)
            if reading.listing == nil { (reading.listing, reading.entries) = (said, rows.rowCount) }
            let entries = rows.finishReading()?.entries.filter { Self.canBeSent($0.name.bytes) && !$0.isLink } ?? []
            if let file = entries.first(where: { !$0.isFolder }) {
                let path = folder + file.name.bytes
                let address = visit.address(scheme, "/" + PathName(bytes: path).description)
                let content = try await transfer("RETR", path, at: address, by: dialogue, visit)
                if let content, !content.transcript.received.isEmpty { reading.file = (address, content) }
            }
            folders += entries.filter(\.isFolder).prefix(Self.foldersTried)
                .map { folder + $0.name.bytes + [UInt8(ascii: "/")] }
        }
        reading.random = await Self.command("CWD \(randomName())", dialogue)
        _ = await Self.command("QUIT", dialogue)
    }

    /// Whether a name is one of something directly in its folder, and ends no command line.
    private static func canBeSent(_ name: [UInt8]) -> Bool {
        !name.contains { $0 == UInt8(ascii: "/") || $0 == 0 || $0 == 0x0a || $0 == 0x0d }
    }

    /// A command with a path that no server takes for options of its program.
    private static func line(_ command: String, _ path: [UInt8]) -> [UInt8] {
        let space = path.isEmpty ? "" : path.first == UInt8(ascii: "-") ? " ./" : " "
        return Array((command + space).utf8) + path + [0x0d, 0x0a]
    }

    /// What came over a connection of its own, opened to the control connection's address whatever the reply says.
    private func transfer(
        _ command: String,
        _ path: [UInt8],
        at address: WebAddress,
        by dialogue: Dialogue,
        _ visit: ServiceVisit
    ) async throws(DoorsError) -> ServiceVisit.Said? {
        await dialogue.say(line: "EPSV")
        guard var opened = await Self.reply(dialogue) else { return nil }
        if opened.code != 229 {
            await dialogue.say(line: "PASV")
            guard let other = await Self.reply(dialogue), other.code == 227 else { return nil }
            opened = other
        }
        guard let port = opened.dataPort else { return nil }
        var began: Int?
        let said = try await visit.converse(at: address, port: port) { data in
            await dialogue.say(Self.line(command, path))
            began = await Self.reply(dialogue)?.code
            guard began.map({ (100..<200).contains($0) }) == true else { return }
            let limit = command == "RETR" ? Self.fileLength : ServiceVisit.length
            let _: Bool? = await data.read(within: ServiceVisit.patience) { bytes in
                data.hasEnded || bytes.count >= limit ? .done(true, bytes.count) : .unfinished
            }
        }
        guard began.map({ (100..<200).contains($0) }) == true else { return nil }
        // 226, or 426 where enough had come and the connection was closed.
        _ = await Self.reply(dialogue)
        return said
    }

    private static func command(_ line: String, _ dialogue: Dialogue) async -> Int? {
        await dialogue.say(line: line)
        return await reply(dialogue)?.code
    }

    private static func reply(_ dialogue: Dialogue) async -> FTPReply? {
        await dialogue.read(within: ServiceVisit.patience) { bytes in
            do throws(CodedReply.Fault) {
                let reply = try FTPReply(parsing: bytes)
                return .done(reply, reply.end)
            } catch {
                return error == .unfinished ? .unfinished : .no
            }
        }
    }
}
