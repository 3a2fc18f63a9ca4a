/// Why a file is no scan that could be imported.
package struct ImportError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// In none of the known forms.
        case unknownForm
        /// Text of an encoding in which no scanner writes.
        case encoding
        /// Packed; its lines cannot be pointed at.
        case packed
        case empty
    }

    package var code: Code
    package var message: String
    /// The file, with the line.
    package var place: String

    package init(_ code: Code, _ message: String, at place: String) {
        self.code = code
        self.message = message
        self.place = place
    }

    package var description: String { "\(place): \(message)" }
}
