/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Measures by the names people know.
 */
#ifndef REPORT_MEASURE_NAME_H
#define REPORT_MEASURE_NAME_H

/* `Indbyggertal` for population; a measure that has no such name stays as it is. Static or borrowed. */
const char *tl_measure_name_da(const char *measure);

#endif
