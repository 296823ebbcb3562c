update order_lines set not_due = called_off where called_off > 0;
