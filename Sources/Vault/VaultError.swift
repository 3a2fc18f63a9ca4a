import Glibc

/// Why the vault could not do what it was asked.
package struct VaultError: Error, Hashable, Sendable {
    /// What kind of fault it is; callers decide by this alone.
    package enum Code: Hashable, Sendable {
        /// There is a vault already where one was to be made.
        case exists
        /// There is no vault, or a part of it that cannot be done without is not there.
        case missing
        /// Another process holds the vault for writing.
        case locked
        /// The bytes on the disk are not those that were sealed.
        case damaged
        /// No room is left, or a quota is used up.
        case diskFull
        /// The system refused to read or write, with its error number.
        case system(Int32)
        /// The vault was opened for reading only.
        case readOnly
        /// The vault was closed, or stopped after a write that failed.
        case closed
        /// No such payload or record was ever sealed.
        case unknown
        /// The bytes are withheld: the ledger says by whom, when and why.
        case withheld
        /// The value is longer than it may be.
        case tooLong
        /// A later version made the vault, and this one does not know its form.
        case tooNew
        /// The store in which the bytes are kept gives no answer that says anything of them. They may well be sound.
        case unreachable
        /// The key is not one that signs this ledger.
        case key
    }

    package var code: Code
    /// What was attempted, and what stood in the way, in one line.
    package var attempted: String
    /// The file or folder, where there is one.
    package var path: String?

    package init(_ code: Code, _ attempted: String, path: String? = nil) {
        self.code = code
        self.attempted = attempted
        self.path = path
    }
}

extension VaultError: CustomStringConvertible {
    package var description: String {
        let reason: String? =
            switch code {
            case .system(let number): String(cString: strerror(number))
            case .diskFull: "no space is left"
            default: nil
            }
        return ([attempted] + [path, reason].compactMap(\.self)).joined(separator: ": ")
    }
}
