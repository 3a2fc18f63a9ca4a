/// A piece of a JSON text, as ``JSONTokenizer`` finds it. Strings are bytes: servers put names into them that are no UTF-8.
package enum JSONToken: Hashable, Sendable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// A member's name, escapes undone.
    case key([UInt8])
    /// A string, escapes undone; what stood there unescaped stays as it is.
    case string([UInt8])
    /// A number, `true`, `false` or `null`, as it stands.
    case literal([UInt8])
}
