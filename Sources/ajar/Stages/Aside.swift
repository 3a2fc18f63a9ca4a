import Domain

extension Pipeline {
    func census() async throws -> CensusOutcome {
        throw Complaint(.unavailable, "the census is not part of this build")
    }
}
