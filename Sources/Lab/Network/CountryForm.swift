/// How the country is joined to whoever looks at it.
package enum CountryForm: String, Codable, Sendable {
    /// On addresses of this machine's loopback interface: an address without a host refuses.
    case loopback
    /// In a network namespace of its own, joined to an observer's: an address without a host gives no answer.
    case namespaces
}
