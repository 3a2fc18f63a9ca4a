import Domain
import Scope
import Wire

/// How a transfer over a data connection ended.
struct FTPTransfer: Sendable {
    /// Bytes that came.
    var length: UInt64 = 0
    /// Why they are not all; nil where the server said that it had sent all.
    var truncated: HTTPReply.Truncation?
    /// What the server said at its end.
    var reply: FTPReply?
    var began: Timestamp
    var ended: Timestamp
}

extension FTPSession {
    enum TransferResult: Sendable {
        case came(FTPTransfer)
        /// Nothing came, and what the server said.
        case refused(FTPReply)
        case lost(GateError)
    }

    /// How much of a transfer is taken, besides the patience.
    struct TransferLimit: Sendable {
        /// Bytes after which it is cut.
        var bytes: UInt64
        /// Bytes after which it is cut where the rest can be asked for.
        var piece: UInt64 = .max
    }

    /// What is waited for the word about a transfer that was cut here.
    private static let lastWord = Duration.seconds(10)
    private static let blockLength = 1 << 18

    /// Has the server send what `verb` asks for, from `offset` on, over a connection to its own address: the address in its
    /// reply is never used. `receive` is given what comes.
    nonisolated func transfer(
        _ verb: String,
        _ path: [UInt8]?,
        from offset: UInt64 = 0,
        limit: TransferLimit,
        receive: ([UInt8]) async throws -> Void
    ) async throws -> TransferResult {
        let began = gate.clock.now()
        let data: GateStream
        switch await openData() {
        case .success(let stream): data = stream
        case .failure(.refused(let reply)): return .refused(reply)
        case .failure(.lost(let error)): return .lost(error)
        }
        if offset > 0 {
            guard let reply = await say("REST \(offset)") else { return await lose(data) }
            guard reply.code == 350 else { return await refuse(data, reply) }
        }
        guard let first = await (path == nil ? say(verb) : say(verb, path ?? [])) else { return await lose(data) }
        guard first.code < 300 else { return await refuse(data, first) }
        var transfer = FTPTransfer(began: began, ended: began)
        do {
            try await take(data, limit, &transfer, receive)
        } catch {
            await giveUp()
            await data.close()
            throw error
        }
        await data.close()
        transfer.reply = first.code >= 200 ? first : await lastWord(of: transfer)
        if transfer.truncated == nil, transfer.reply.map({ (200..<300).contains($0.code) }) != true {
            transfer.truncated = .disconnect
        }
        transfer.ended = gate.clock.now()
        return .came(transfer)
    }

    private enum DataFault: Error {
        case refused(FTPReply)
        case lost(GateError)
    }

    private nonisolated func openData() async -> Result<GateStream, DataFault> {
        guard let reply = await listen() else { return .failure(.lost(await silence)) }
        guard [227, 229].contains(reply.code), let port = reply.dataPort else { return .failure(.refused(reply)) }
        do throws(GateError) {
            return .success(try await gate.connectData(beside: control, port: port))
        } catch {
            // The server waits for a connection that will not come.
            await giveUp()
            return .failure(.lost(error))
        }
    }

    private nonisolated func lose(_ data: GateStream) async -> TransferResult {
        let error = await silence
        await data.close()
        return .lost(error)
    }

    private nonisolated func refuse(_ data: GateStream, _ reply: FTPReply) async -> TransferResult {
        await data.close()
        return .refused(reply)
    }

    /// Takes what comes, to its end or to a limit. Only what `receive` throws is thrown.
    private nonisolated func take(
        _ data: GateStream,
        _ limit: TransferLimit,
        _ transfer: inout FTPTransfer,
        _ receive: ([UInt8]) async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        var window = (bytes: 0, began: start)
        while transfer.truncated == nil {
            let left = min(window.began + patience.rateWindow, start + patience.answerTime) - .now
            var bytes: [UInt8]?
            do throws(GateError) {
                bytes = try await data.read(upTo: Self.blockLength, within: max(left, .zero))
            } catch {
                transfer.truncated = error.code == .timedOut ? .time : error.code == .cancelled ? .length : .disconnect
                return
            }
            guard let bytes else { return }
            let room = limit.bytes - transfer.length
            let taken = UInt64(bytes.count) > room ? Array(bytes.prefix(Int(room))) : bytes
            transfer.length += UInt64(taken.count)
            window.bytes += taken.count
            let paused = ContinuousClock.now
            try await receive(taken)
            // The server is not to blame for the time that the receiver took.
            window.began += .now - paused
            if taken.count < bytes.count || transfer.length >= limit.piece { transfer.truncated = .length }
            if ContinuousClock.now - start >= patience.answerTime { transfer.truncated = .time }
            let over = ContinuousClock.now - window.began
            guard over >= patience.rateWindow else { continue }
            if Double(window.bytes) < 1_024 * (over / .seconds(1)) { transfer.truncated = .time }
            window = (0, .now)
        }
    }

    /// What the server says once the data connection is closed.
    private nonisolated func lastWord(of transfer: FTPTransfer) async -> FTPReply? {
        guard !Task.isCancelled else {
            await giveUp()
            return nil
        }
        return await reply(within: transfer.truncated == nil ? nil : min(Self.lastWord, patience.replyTime))
    }
}
