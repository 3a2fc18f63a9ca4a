/// How sure Ajar is of what it says stands open: of a door, and of what a template describes.
package enum Grade: String, Codable, CaseIterable, Sendable {
    /// Content came, and random names beside it and elsewhere do not get it.
    case proven
    /// Content came, and what would prove more could not be compared.
    case likely
    /// Something answered, and so did a random name in the same way, or the random name was not answered.
    case cannotTell = "cannot tell"
}
