import ArgumentParser
import CaseFile
import Catalogue
import Census
import Collect
import Desk
import Domain
import Doors
import Identify
import Lab
import Reading
import Scope
import Trace
import Vault

/// What went wrong, in one line for a person, with the exit code of sysexits.h.
struct Complaint: Error, CustomStringConvertible {
    enum Code: Int32 {
        case usage = 64
        case data = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case inputOutput = 74
        case refusedByScope = 77
        case configuration = 78
        /// As a shell reports a program ended by Ctrl-C.
        case interrupted = 130
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension Complaint {
    /// Any error of any room, as a person should meet it.
    init(_ error: any Error) {
        switch error {
        case let complaint as Complaint: self = complaint
        case let error as ScopeError: self.init(Self.code(error.code), "\(error)")
        case let error as GateError: self.init(error.isRefusedByScope ? .refusedByScope : .unavailable, "\(error)")
        case let error as VaultError: self.init(Self.code(error.code), "\(error)")
        case let error as CatalogueError: self.init(error.code == .tooNew ? .data : .inputOutput, "\(error)")
        case let error as LabError: self.init(Code(error.code), "\(error)")
        case let error as IdentifyError: self.init(error.code == .unreadable ? .noInput : .data, "\(error)")
        case let error as ImportError: self.init(.data, "\(error)")
        case let error as TraceError: self.init(error.code == .unreadable ? .noInput : .data, "\(error)")
        case let error as ReadingError: self.init(error.code == .vault ? .inputOutput : .unavailable, "\(error)")
        case let error as CollectError: self.init(error.code == .vault ? .inputOutput : .data, "\(error)")
        case let error as CaseFileError: self.init(error.code == .unwritable ? .cannotCreate : .unavailable, "\(error)")
        case let error as DoorsError: self.init(error.code == .templates ? .noInput : .inputOutput, "\(error)")
        case let error as DeskError: self.init(.unavailable, "\(error)")
        case is CancellationError:
            self.init(.interrupted, "interrupted; the run is marked incomplete, and the next goes on from there")
        default: self.init(.software, "\(error)")
        }
    }

    private static func code(_ code: ScopeError.Code) -> Code {
        switch code {
        case .unreadable: .noInput
        case .noAuthority: .refusedByScope
        case .syntax, .unknownKey, .missingKey, .wrongType, .badValue: .data
        }
    }

    private static func code(_ code: VaultError.Code) -> Code {
        switch code {
        case .locked, .unreachable: .unavailable
        case .missing: .noInput
        case .exists: .cannotCreate
        case .damaged, .key, .tooNew, .withheld: .data
        case .diskFull, .system, .readOnly, .closed, .unknown, .tooLong: .inputOutput
        }
    }
}

extension Complaint.Code {
    fileprivate init(_ code: LabError.Code) {
        self =
            switch code {
            case .badRequest: .usage
            case .badWorld: .data
            case .daemon, .environment: .unavailable
            case .storage: .inputOutput
            }
    }
}
