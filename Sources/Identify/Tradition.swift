/// A naming habit of a studio culture.
///
/// A tradition is data: the forms in which it writes episode, cut, step and the rest. The grammar looks for every
/// form at every place, the longest match at a place wins, and the tradition with the most marks gives a name its
/// ``WorkName/tradition``. To add one: a file in `Traditions/`, a line in ``traditions``; the tests do the rest.
package protocol Tradition: Sendable {
    /// The name in the catalogue and in reports. It never changes.
    var name: String { get }
    var forms: [Form] { get }
}
