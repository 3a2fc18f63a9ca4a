import CXLSXWriter
import Domain
import SystemPackage

extension WorkflowSheet {
    /// The workbook as XLSX, with the day as its date of making; `scratch` is a file to write it to first, for the
    /// library writes to no memory.
    func xlsx(scratch: FilePath) throws(LabError) -> [UInt8] {
        var options = lxw_workbook_options()
        options.constant_memory = 0
        guard let book = workbook_new_opt(scratch.string, &options) else {
            throw LabError(.storage, "could not begin a workbook", at: scratch.string)
        }
        var properties = lxw_doc_properties()
        // Without a time of its own the library takes the clock's.
        properties.created = time_t(day.start.seconds + 3_600)
        workbook_set_properties(book, &properties)
        let sheet = workbook_add_worksheet(book, "流程表")
        writeHead(to: sheet, bold: bold(of: book))
        for (index, row) in rows.enumerated() { write(row, to: sheet, at: lxw_row_t(Self.firstRow - 1 + index)) }
        let fault = workbook_close(book)
        guard fault == LXW_NO_ERROR else {
            throw LabError(
                .storage,
                "could not write a workbook: \(String(cString: lxw_strerror(fault)))",
                at: scratch.string
            )
        }
        return try PoolFile.read(scratch)
    }

    private func bold(of book: UnsafeMutablePointer<lxw_workbook>) -> UnsafeMutablePointer<lxw_format>? {
        let format = workbook_add_format(book)
        format_set_bold(format)
        return format
    }

    private func writeHead(to sheet: UnsafeMutablePointer<lxw_worksheet>?, bold: UnsafeMutablePointer<lxw_format>?) {
        worksheet_write_string(
            sheet,
            0,
            0,
            (series.isEmpty ? "" : series + " ") + "EP\(episode.digits(2)) 流程表 / 작업흐름표",
            bold
        )
        worksheet_write_string(sheet, 1, 0, "公司 / 회사", bold)
        worksheet_write_string(sheet, 1, 1, company, nil)
        worksheet_write_string(sheet, 2, 0, "日期 / 날자", bold)
        worksheet_write_string(sheet, 2, 1, day.description, nil)
        let heads = [
            "镜号 / 컷번호", "内容", "내용", "阶段 / 단계", "张数 / 매수", "状态", "상태", "备注", "비고",
        ]
        for (column, head) in heads.enumerated() {
            worksheet_write_string(sheet, lxw_row_t(Self.firstRow - 2), lxw_col_t(column), head, bold)
        }
        worksheet_set_column(sheet, 0, 6, 16, nil)
        worksheet_set_column(sheet, 7, 8, 48, nil)
    }

    private func write(_ row: Row, to sheet: UnsafeMutablePointer<lxw_worksheet>?, at line: lxw_row_t) {
        let cells = [
            "SC\(row.cut.digits(3))", row.content.note, row.content.translation, row.step, nil, row.state.note,
            row.state.translation, row.note?.note, row.note?.translation,
        ]
        for (column, cell) in cells.enumerated() {
            guard let cell else { continue }
            worksheet_write_string(sheet, line, lxw_col_t(column), cell, nil)
        }
        worksheet_write_number(sheet, line, 4, Double(row.drawings), nil)
    }
}
