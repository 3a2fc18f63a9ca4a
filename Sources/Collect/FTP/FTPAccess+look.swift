import Domain
import Scope
import Vault
import Wire

extension FTPAccess {
    /// Links of one listing of which is asked what they lead to; with more, the listing is not whole.
    private static let mostLinks = 500

    /// What a session brought of a folder, not yet sealed.
    private struct Listed {
        var reading: ListingReading?
        /// Why there is none.
        var fault = ""
        var writer: ResourceWriter?
        var transfer: FTPTransfer?
        var said = Transcript()
    }

    func look(at task: FolderTask, upTo limit: Int, over line: Line) async throws -> FolderLook {
        let (began, address) = (asking.gate.clock.now(), task.address)
        let result = try await ask(of: address, over: line) { try await list(address, by: $0, upTo: limit) }
        line.letGo()
        let now = asking.gate.clock.now()
        let listed: Listed
        switch result {
        case .failure(let error): return FolderLook(finding: FolderLook.Finding(error), began: began, ended: now)
        case .success(let success): listed = success
        }
        var look = FolderLook(finding: .unlisted(listed.fault), began: began, ended: now)
        guard let writer = listed.writer, let transfer = listed.transfer else {
            look.seal = try await seal(listed.said, of: address)
            return look
        }
        (look.began, look.ended) = (transfer.began, transfer.ended)
        look.seal = try await finish(writer, transfer.truncated, listed.said, of: address)
        guard let reading = listed.reading else { return look }
        if var listing = Listing(reading, of: ListedFolder(address, .segments)) {
            listing.isWhole = listing.isWhole && transfer.truncated == nil
            look.finding = .listed(listing)
        } else {
            look.finding = .unlisted("all that the listing names lies elsewhere")
        }
        return look
    }

    private func list(_ address: WebAddress, by session: FTPSession, upTo limit: Int) async throws -> Asked<Listed> {
        var listed = Listed()
        var path = await session.path(of: address)
        if path.count > 1, path.last == UInt8(ascii: "/") { path.removeLast() }
        guard let reply = await session.say("CWD", path) else { return .lost(await session.silence) }
        guard (200..<300).contains(reply.code) else {
            return await refused(&listed, "CWD", reply, session)
        }
        let usesFacts = await session.features.hasFacts
        var asked = try await list(address, by: usesFacts ? "MLSD" : "LIST", session, upTo: limit, &listed)
        if case .refused(let reply) = asked, usesFacts, reply.isUnknownCommand {
            await session.forgetFacts()
            asked = try await list(address, by: "LIST", session, upTo: limit, &listed)
        }
        switch asked {
        case .lost(let error): return .lost(error)
        case .refused(let reply): return await refused(&listed, usesFacts ? "MLSD" : "LIST", reply, session)
        case .came(let transfer): listed.transfer = transfer
        }
        if listed.transfer?.truncated == nil, var reading = listed.reading {
            await resolve(&reading.entries, in: path, by: session)
            listed.reading = reading
        }
        listed.said = await session.turnPage()
        return .done(listed)
    }

    private func refused(
        _ listed: inout Listed,
        _ verb: String,
        _ reply: FTPReply,
        _ session: FTPSession
    ) async -> Asked<Listed> {
        listed.fault = "\(verb) gives \(reply.words)"
        listed.said = await session.turnPage()
        return reply.isTransient ? .busy(listed) : .done(listed)
    }

    private func list(
        _ address: WebAddress,
        by verb: String,
        _ session: FTPSession,
        upTo limit: Int,
        _ listed: inout Listed
    ) async throws -> FTPSession.TransferResult {
        let writer = try await begin(address, "text/plain")
        var reader = FTPListingReader(fetched: asking.gate.clock.now())
        let result: FTPSession.TransferResult
        do {
            result = try await session.transfer(verb, nil, limit: .init(bytes: UInt64(limit))) { bytes in
                reader.feed(bytes)
                try await append(bytes, to: writer, of: address)
            }
        } catch {
            await writer.abandon()
            throw error
        }
        guard case .came(let transfer) = result else {
            await writer.abandon()
            return result
        }
        listed.writer = writer
        let rows = reader.rowCount
        listed.reading = reader.finishReading(wasCut: transfer.truncated != nil)
        if transfer.truncated != nil, rows == 0 {
            listed.reading = nil
            listed.fault = "the listing did not come: \(transfer.reply?.words ?? "the connection ended")"
        } else if transfer.reply?.saysFailed == true, rows == 0 {
            listed.reading = nil
            listed.fault = "\(verb) gives \(transfer.reply?.words ?? "")"
        } else if listed.reading == nil {
            let kind = reader.foreign.map { "written as \($0) writes it" } ?? "in no form that is known"
            listed.fault = "the listing is \(kind)"
        }
        return result
    }

    /// Asks what links lead to: what has a size is a file, what can be entered a folder.
    private func resolve(_ entries: inout ListedEntries, in folder: [UInt8], by session: FTPSession) async {
        let slash = UInt8(ascii: "/")
        for index in entries.links.prefix(Self.mostLinks) {
            let name = entries[index].name.bytes
            guard !name.contains(where: { $0 == 0 || $0 == 0x0a || $0 == 0x0d || $0 == slash }) else { continue }
            let path = (folder.last == slash ? folder : folder + [slash]) + name
            let hasSizes = await session.features.hasSizes
            if hasSizes {
                guard let reply = await session.say("SIZE", path) else { return }
                if let size = reply.size {
                    let time = await session.features.hasTimes ? await session.say("MDTM", path)?.modified : nil
                    entries.settle(index, as: .file, size: size, modified: time)
                    continue
                }
            }
            guard let reply = await session.say("CWD", path) else { return }
            switch reply.code {
            case 200..<300: entries.settle(index, as: .folder)
            case 550: entries.settle(index, as: hasSizes ? .nothing : .file)
            default: continue
            }
        }
    }
}

extension FTPReply {
    /// vsftpd says at the end of an empty listing that it could not open the folder, with the code of success.
    fileprivate var saysFailed: Bool {
        lines.contains { String(decoding: $0.prefix(512), as: UTF8.self).lowercased().contains("failed") }
    }
}
