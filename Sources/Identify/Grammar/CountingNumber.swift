/// Numbers in Chinese characters up to 999, as in 第十二话, and 第〇三话.
enum CountingNumber {
    private static let digits: [UnicodeScalar: Int] = [
        "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    static func isDigit(_ scalar: UnicodeScalar) -> Bool { digits[scalar] != nil || scalar == "十" || scalar == "百" }

    static func read(_ part: NamePart, at start: Int) -> (Mark.Value, end: Int)? {
        var (total, digit, end) = (0, 0, start)
        while end - start < 7 {
            let scalar = part.scalar(end)
            if let value = digits[scalar] {
                digit = digit * 10 + value
            } else if scalar == "十" || scalar == "百" {
                total += max(digit, 1) * (scalar == "十" ? 10 : 100)
                digit = 0
            } else {
                break
            }
            end += 1
        }
        guard end > start, total + digit <= 999 else { return nil }
        return (.number(total + digit), end)
    }
}
