libcore_a_SOURCES += \
	core/report/document.c core/report/document.h \
	core/report/document_csv.c \
	core/report/document_pdf.c \
	core/report/document_text.c \
	core/report/paper.c core/report/paper.h \
	core/report/report.c core/report/report.h core/report/report_list.h \
	core/report/report_claim.c \
	core/report/report_cohort.c \
	core/report/report_learner.c \
	core/report/report_office.c
