import Domain
import Scope
import Vault
import Wire

/// How sources of one kind are asked: for what a folder holds, for a file's bytes, and whether something is gone.
///
/// A walk has one. What follows from the answers (what is new, changed, gone or unknown, what is read and what a limit cuts
/// off) is the same for all kinds and is ``Mirror``'s; how a file that breaks off is gone on with is in ``read(_:upTo:budget:over:)``.
/// A further kind is a type that conforms, named in ``Asking/access(to:format:)``, and the kind of door in
/// `Source.canBeCollected`. It seals all that it receives before it returns, and asks only through the gate (or has a
/// confined program ask). Each question is asked over a line, which is held while the server is asked and let go while what
/// came is sealed.
protocol SourceAccess: Sendable {
    var asking: Asking { get }

    /// Whether what the row names can be asked for: its address is not too long, and fits into the protocol's words.
    func canAsk(for row: ListingRow) -> Bool

    /// Asks for a folder, or the part of it that the task names. A listing that is cut anywhere, or of which a row was not
    /// understood, is not whole; an answer that is no listing is `unlisted`. Only faults of the vault are thrown.
    func look(at task: FolderTask, upTo limit: Int, over line: Line) async throws -> FolderLook

    /// Asks once for a file's bytes: those behind `partial`, where there is one and the server can, else all of them.
    /// Takes no more than `limit` bytes. An answer is cut, and what came is sealed, at the limit, after
    /// ``Patience/pieceBytes`` where the rest can be asked for, where the server stops, and on cancellation.
    func bytes(
        of task: BodyTask,
        behind partial: PartialBody?,
        upTo limit: UInt64,
        over line: Line
    ) async throws -> Result<BodyAnswer, GateError>

    /// Asks for something that its folder's listing no longer shows.
    func absence(of entry: AbsenceTask.Entry, over line: Line) async throws -> Absence

    /// Lets go of what is kept for further questions. Nothing is asked afterwards.
    func close() async
}
