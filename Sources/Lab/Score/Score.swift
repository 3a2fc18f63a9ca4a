/// How a case's findings compare with the truth, room by room.
package struct Score: Codable, Sendable {
    /// One kind of finding.
    package struct Row: Hashable, Codable, Sendable {
        /// The room of the corridor, such as `census`.
        package var room: String
        package var what: String
        /// Found and true.
        package var found: Int
        /// True and not found.
        package var missed: Int
        /// Found and not true.
        package var wrong: Int
        /// Some of what was missed, and some of what was false, for people.
        package var missedExamples: [String]
        package var falseExamples: [String]

        private enum CodingKeys: String, CodingKey {
            case room, what, found, missed, missedExamples, falseExamples, precision, recall
            case wrong = "false"
        }

        /// The share of what was found that is true; 1 where nothing was found.
        package var precision: Double { found + wrong == 0 ? 1 : Double(found) / Double(found + wrong) }
        /// The share of what is true that was found; 1 where nothing was to be found.
        package var recall: Double { found + missed == 0 ? 1 : Double(found) / Double(found + missed) }

        /// Compares two sets of things that are named by a text.
        package init(_ room: String, _ what: String, truth: Set<String>, found: Set<String>) {
            self.room = room
            self.what = what
            self.found = truth.intersection(found).count
            missed = truth.subtracting(found).count
            wrong = found.subtracting(truth).count
            missedExamples = Array(truth.subtracting(found).sorted().prefix(5))
            falseExamples = Array(found.subtracting(truth).sorted().prefix(5))
        }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            room = try values.decode(String.self, forKey: .room)
            what = try values.decode(String.self, forKey: .what)
            found = try values.decode(Int.self, forKey: .found)
            missed = try values.decode(Int.self, forKey: .missed)
            wrong = try values.decode(Int.self, forKey: .wrong)
            missedExamples = try values.decode([String].self, forKey: .missedExamples)
            falseExamples = try values.decode([String].self, forKey: .falseExamples)
        }

        package func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(room, forKey: .room)
            try values.encode(what, forKey: .what)
            try values.encode(found, forKey: .found)
            try values.encode(missed, forKey: .missed)
            try values.encode(wrong, forKey: .wrong)
            try values.encode(missedExamples, forKey: .missedExamples)
            try values.encode(falseExamples, forKey: .falseExamples)
            try values.encode(precision, forKey: .precision)
            try values.encode(recall, forKey: .recall)
        }
    }

    package var world: String
    package var seed: UInt64
    package var rows: [Row]

    /// Compares what a case found with the truth of its country.
    package init(_ findings: CaseFindings, against truth: LabTruth) {
        world = truth.world
        seed = truth.seed
        let scored = ScoredCase(findings: findings, truth: truth)
        rows =
            scored.censusRows + scored.silenceRows + scored.doorRows + scored.collectRows + scored.readingRows
            + scored.traceRows
    }

    /// The score as a table for a terminal.
    package var text: String {
        let header = ["room", "what", "found", "missed", "false", "precision", "recall"]
        let lines = rows.map { row in
            [
                row.room, row.what, "\(row.found)", "\(row.missed)", "\(row.wrong)", row.precision.share,
                row.recall.share,
            ]
        }
        let widths = header.indices.map { column in ([header] + lines).map { $0[column].count }.max() ?? 0 }
        return ([header] + lines).map { cells in
            cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 ? cell + space : space + cell
            }
            .joined(separator: "  ")
        }
        .joined(separator: "\n")
    }
}

extension Double {
    /// Two decimals, rounded down, so that only a perfect share reads 1.00.
    fileprivate var share: String {
        let hundredths = Int(self * 100)
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
