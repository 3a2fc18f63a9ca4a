import Domain

extension QuietChance {
    /// A chance for people: `once in 400 times`.
    static func inWords(_ chance: Double) -> String {
        guard chance > 0, 1 / chance < 1e6 else { return "less than once in a million times" }
        return "once in \(Int((1 / chance).rounded()).grouped) times"
    }
}

extension UpdateRhythm {
    /// How long it has been quiet, and how likely that is; nil where nothing is quiet.
    var quietInWords: String? {
        guard quietDays > 0 else { return nil }
        let days = "\(quietDays.grouped) days on which an update was due were looked at since, and brought none"
        guard let chance else { return days + "." }
        return days + "; under the rhythm before, so long a quiet comes \(QuietChance.inWords(chance))."
    }
}

extension UpdateRhythm.Batch {
    var inWords: String {
        least == most
            ? "Each day with updates brought \(least.grouped)."
            : "A day with updates brought \(least.grouped) to \(most.grouped), \(median.grouped) in the middle."
    }
}

extension UpdateHours {
    /// When files were modified, and what zone that hints at; nil where too few times are known to the hour.
    var inWords: String? {
        guard total >= 20, days >= 5, let stretch else { return nil }
        let hint = officeHint.map { offset in
            " Read as a day's work from nine to six, that would be UTC\(offset < 0 ? "-" : "+")\(abs(offset)): a hint, no proof."
        }
        return "Four fifths of \(total.grouped) files whose hour is known were modified from \(stretch.words)."
            + (hint ?? "")
    }
}
