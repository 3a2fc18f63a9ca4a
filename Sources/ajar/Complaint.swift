import ArgumentParser
import CaseFile
import Catalogue
import Domain
import Lab
import Scope
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
        case let error as ScopeError: self.init(.data, "\(error)")
        case let error as GateError: self.init(error.isRefusedByScope ? .refusedByScope : .unavailable, "\(error)")
        case let error as VaultError: self.init(.inputOutput, "\(error)")
        case let error as CatalogueError: self.init(error.code == .tooNew ? .data : .inputOutput, "\(error)")
        case let error as LabError: self.init(Code(error.code), "\(error)")
        case is CancellationError:
            self.init(.interrupted, "interrupted; the run is marked incomplete, and the next goes on from there")
        default: self.init(.software, "\(error)")
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
