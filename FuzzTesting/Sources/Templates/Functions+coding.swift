/// The functions that need Crypto and Foundation are left out here: they read nothing.
extension Functions {
    static let codingFunctions: [Function] = []
    static let hashFunctions: [Function] = []
}
